using System.Globalization;
using Husai.Analysis.Comparison;
using Husai.Analysis.Functional;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Tables;

/// <summary>The tables on agreement between seeds and on recovery of the circuit.</summary>
internal static class AgreementTables
{
    public static ReportTable Headline(StudyReportData data) => new(
        "Configurations",
        ["configuration", "latents", "live", "explained variance", "L0", "spliced accuracy", "stability", "same shape", "kappa [interval]",
        "start", "kappa turned"],
        [.. data.Configurations.Where(configuration => configuration.ControlOf is null).Select(configuration => new[]
        {
            configuration.Name, configuration.Latents.ToString(CultureInfo.InvariantCulture),
            TableText.Number(configuration.LiveLatents(), 0),
            TableText.Number(configuration.ExplainedVariance?.Mean), TableText.Number(configuration.L0?.Mean, 1),
            TableText.Number(configuration.SplicedAccuracy?.Mean),
            TableText.Number(configuration.Stability?.Value.Mean), TableText.Chance(configuration.Stability?.Levels.SameShape),
            TableText.Kappa(configuration.Stability?.Kappa),
            TableText.Number(configuration.Stability?.CosineToStart), TableText.Kappa(configuration.Stability?.KappaTurned),
        })],
        string.Join(' ', StudyText.HowToRead.Select(line => char.ToUpperInvariant(line[0]) + line[1..]))
            .Replace(" - ", " − ", StringComparison.Ordinal));

    public static ReportTable Verdicts(StudyReportData data) => new(
        "What the seeds of each configuration share", ["configuration", "sentence", "in words"],
        [.. data.Configurations.Where(configuration => configuration.Stability?.Verdict is not null).Select(configuration => new[]
        {
            configuration.Name, configuration.Stability!.Verdict!.Number?.ToString(CultureInfo.InvariantCulture)
                ?? TableText.Missing, configuration.Stability.Verdict.Text,
        })]);

    public static ReportTable Circuit(StudyReportData data) => new(
        "Recovery of the circuit",
        ["configuration", "presence", "isotropic", "overlap", "other planes", "kappa [interval]", "p", "data points",
        "principal components", "recovered"],
        [.. data.Configurations.Where(configuration => configuration.Circuit is not null)
            .Select(configuration => (configuration.Name, Score: configuration.Circuit!)).Select(row => new[]
        {
            row.Name, TableText.Number(row.Score.Presence.Mean), TableText.Number(row.Score.PresenceChance),
            TableText.Interval(row.Score.Overlap),
            TableText.Chance(row.Score.OtherPlanes), TableText.Kappa(row.Score.Kappa), TableText.P(row.Score.P),
            TableText.Number(row.Score.DataPoints),
            TableText.Number(row.Score.PrincipalComponents),
            row.Score.RecoversCircuit switch { true => "yes", false => "no", null => TableText.Missing },
        })],
        "Presence: energy of the decoder rows in the span of all planes of the circuit. Overlap: energy in their best plane, compared "
            + "with other planes of the same span. Recovered: the whole interval of kappa lies above 0, and that of the overlap above "
            + "data points.");

    public static ReportTable Features(StudyReportData data) => new(
        "Recovery of the features",
        ["configuration", "F1", "chance", "MCC [interval]", "chance", "uniqueness", "chance", "features found", "L0", "true L0", "dead"],
        [.. data.Configurations.Where(configuration => configuration.Truth is { Seeds.Count: > 0 })
            .Select(configuration => (configuration.Name, configuration.Latents, Truth: configuration.Truth!)).Select(row => new[]
        {
            row.Name, Mean(row.Truth, seed => seed.F1), Mean(row.Truth, seed => seed.ChanceF1),
            TableText.Interval(row.Truth.Over(seed => seed.Mcc)), TableText.Chance(row.Truth.Chance.Mcc),
            Mean(row.Truth, seed => seed.Uniqueness), TableText.Chance(row.Truth.Chance.Uniqueness),
            Mean(row.Truth, seed => seed.FoundShare), Mean(row.Truth, seed => seed.L0, 1), Mean(row.Truth, seed => seed.TrueL0, 1),
            $"{Mean(row.Truth, seed => seed.Dead, 0)} of {row.Latents}",
        })],
        "Latents against the features of the world, on samples of another seed, under the names of SynthSAEBench (arXiv 2602.14687). "
            + "Chance of MCC and uniqueness: random decoders of the same shape; of F1: latents that fire as often, whatever their features "
            + "do.");

    public static ReportTable Function(StudyReportData data) => new(
        "Agreement in function",
        ["configuration", "matcher", "coverage", "R [interval]", "R, hard negative", "match is better", "AUSQC", "AUSQC, negatives",
        "fingerprint", "fingerprint, negatives"],
        [.. data.Configurations.SelectMany(configuration => configuration.Function.Select(score => new[]
        {
            configuration.Name, score.Matcher.InWords(), TableText.Number(score.Coverage?.Mean), TableText.Interval(score.Substitution),
            TableText.Number(score.Negative?.Mean), TableText.Number(score.BeatsNegative?.Mean), TableText.Number(score.Ausqc?.Mean),
            TableText.Number(score.NegativeAusqc?.Mean), TableText.Number(score.Fingerprint?.Mean),
            TableText.Number(score.NegativeFingerprint?.Mean),
        }))],
        "R: share of what a latent writes that its partner in another seed writes too. Hard negative: the other latent with the nearest "
            + "decoder row that fires about as often as the partner. AUSQC: area under quality over coverage. Fingerprint: cosine of the "
            + "effects on the logits of deleting a latent and its partner.");

    public static ReportTable Controls(StudyReportData data)
    {
        var hasCircuit = data.Configurations.Any(configuration => configuration.Known == KnownTruth.Circuit);
        IReadOnlyList<string> columns =
        [
            "configuration", "explained variance", "L0", "live", "spliced accuracy", "stability", "same shape", "kappa [interval]",
            "kappa turned", .. hasCircuit ? (string[])["overlap with the circuit", "its kappa"] : [],
        ];
        return new ReportTable(
            hasCircuit ? "Networks that learnt no circuit" : "Networks that learnt nothing", columns,
            [.. data.Configurations.Where(configuration => configuration.ControlOf is null)
                .Select(trained => (trained, Controls: data.Configurations.Where(other => other.ControlOf == trained.Name).ToList()))
                .Where(group => group.Controls.Count > 0).SelectMany(group => group.Controls.Prepend(group.trained)).Select(network =>
                    Scores(network, hasCircuit))],
            hasCircuit
                ? "Each configuration on the trained network, then the same SAEs on networks without a circuit: initial weights "
                    + "(random_init), one that has memorised its training pairs (memorised), the trained weights permuted within each "
                    + "matrix (randomised). Spliced accuracy is that of the network itself at best."
                : "Each configuration on the trained network, then the same SAEs on a copy of it whose weights are permuted, each within "
                    + "its tensor (randomised).");

        static string[] Scores(ConfigurationResults network, bool hasCircuit) =>
        [
            network.Name, TableText.Interval(network.ExplainedVariance), TableText.Number(network.L0?.Mean, 1),
            TableText.Number(network.LiveLatents(), 0), TableText.Number(network.SplicedAccuracy?.Mean),
            TableText.Number(network.Stability?.Value.Mean), TableText.Chance(network.Stability?.Levels.SameShape),
            TableText.Kappa(network.Stability?.Kappa), TableText.Kappa(network.Stability?.KappaTurned),
            .. hasCircuit
                ? (string[])[TableText.Number(network.Circuit?.Overlap.Mean), TableText.Kappa(network.Circuit?.Kappa)] : [],
        ];
    }

    public static ReportTable Levels(StudyReportData data) => new(
        "Levels of stability",
        ["configuration", "stability", "same shape", "uncorrected", "turned", "isotropic", "own neighbour", "untrained",
        "directions drawn like the activations"],
        [.. data.Configurations.Where(configuration => configuration.Stability is not null)
            .Select(configuration => (configuration.Name, Score: configuration.Stability!)).Select(row => new[]
        {
            row.Name, TableText.Interval(row.Score.Value), TableText.Chance(row.Score.Levels.SameShape),
            TableText.Chance(row.Score.Levels.SameShapeUncorrected),
            TableText.Chance(row.Score.Levels.Turned), TableText.Chance(row.Score.Levels.Isotropic),
            TableText.Chance(row.Score.Levels.OwnNeighbour),
            TableText.Chance(row.Score.Levels.Untrained), TableText.Chance(row.Score.Levels.Activations),
        })],
        "Kappa and verdict go by same shape and turned alone; the others are references. ± is the standard error of a level that was "
            + "drawn.");

    public static ReportTable Further(StudyReportData data) => new(
        "Further scores", ["configuration", "score", "mean [interval]", "level", "its value", "kappa [interval]"],
        [.. data.Configurations.SelectMany(configuration => configuration.OtherScores.Select(score => new[]
        {
            configuration.Name,
            score.Name,
            TableText.Interval(score.Value),
            score.ChanceName.Length > 0 ? score.ChanceName : TableText.Missing,
            TableText.Chance(score.Chance),
            TableText.Kappa(score.Kappa),
        }))]);

    public static ReportTable ByTransformer(StudyReportData data) => new(
        "Scores on each transformer",
        ["configuration", "transformer", "explained variance", "stability", "chance (same shape)", "kappa [interval]", "turned kappa",
        "sentence", "overlap with the circuit", "its kappa"],
        [.. data.Configurations.SelectMany(configuration => configuration.Transformers.Select(scores => new[]
        {
            configuration.Name, scores.Transformer, TableText.Number(scores.ExplainedVariance?.Mean),
            TableText.Number(scores.Stability?.Value.Mean),
            TableText.Chance(scores.Stability?.Levels.SameShape), TableText.Kappa(scores.Stability?.Kappa),
            TableText.Kappa(scores.Stability?.KappaTurned),
            scores.Stability?.Verdict?.Number?.ToString(CultureInfo.InvariantCulture)
                ?? TableText.Missing, TableText.Number(scores.Circuit?.Overlap.Mean), TableText.Kappa(scores.Circuit?.Kappa),
        }))],
        "Intervals here are over the seeds of SAEs on one transformer.");

    public static ReportTable Comparisons(StudyReportData data) => new(
        "Comparisons", ["first", "second", "difference of kappa [interval]", "p", "least possible p", "adjusted p"],
        [.. data.Comparisons.Select(comparison => comparison.Test).Select(test => new[]
        {
            test.First, test.Second, Difference(test.Difference), TableText.P(test.Difference?.P), TableText.P(test.Difference?.PFloor),
            TableText.P(test.AdjustedP),
        })],
        "First minus second, with Welch's interval. p: permutation of the configurations' labels over seeds on the matrix of kappas; over "
            + "transformers, of the signs of their differences. Adjusted: after Holm's correction. Between configurations whose seeds "
            + "share initial weights no kappa can be had.");

    private static string Mean(TruthResult truth, Func<SeedTruth, double> value, int decimals = 3) =>
        TableText.Number(truth.Seeds.Average(value), decimals);

    private static string Difference(KappaDifference? difference) => difference?.ToText().Replace('-', '\u2212') ?? TableText.Missing;
}
