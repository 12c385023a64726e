using Husai.Analysis.Statistics;
using Husai.Analysis.Worlds;

namespace Husai.Experiments.Studies.Results;

/// <summary>How far SAEs that differ only in their seed find the features of a world.</summary>
/// <param name="Chance">What random decoders of the same shape find.</param>
/// <param name="Seeds">One entry for each SAE.</param>
/// <param name="Kappa">Kappa between the seeds; null where there is none.</param>
/// <param name="KappaWithout">The same without each seed, in their order; empty with fewer than three.</param>
/// <param name="Stable">Whether latents that other seeds find again are features; null with fewer than two seeds.</param>
/// <param name="Snapshots">The SAEs before the end, earlier steps first; null where they have no snapshots.</param>
internal sealed record TruthResult(
    RecoveryChance Chance, IReadOnlyList<SeedTruth> Seeds, double? Kappa, IReadOnlyList<double> KappaWithout, StableLatents? Stable,
    IReadOnlyList<TruthAtStep>? Snapshots = null)
{
    internal const string FileName = "result.json";

    /// <summary>Mean of a value over the seeds with its interval.</summary>
    public Interval Over(Func<SeedTruth, double> value) => Jackknife.OfMean([.. Seeds.Select(value)]);
}

/// <summary>SAEs as they were at a step of their training.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Seeds">One entry for each SAE.</param>
internal sealed record TruthAtStep(long Step, IReadOnlyList<SeedTruth> Seeds);

/// <summary>One SAE against the features of a world.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Mcc">Mean cosine of latents and features, one to one.</param>
/// <param name="Uniqueness">Distinct best matches over latents.</param>
/// <param name="FoundShare">Share of the features that are found.</param>
/// <param name="Precision">Of latents as classifiers of their best match, mean.</param>
/// <param name="Recall">The same.</param>
/// <param name="F1">The same.</param>
/// <param name="ChanceF1">F1 of latents that fire as often, whatever their features do.</param>
/// <param name="L0">Mean number of latents that fire.</param>
/// <param name="TrueL0">Mean number of features that fire.</param>
/// <param name="Dead">Latents that fire on no sample.</param>
/// <param name="ExplainedVariance">Share of the samples' variance.</param>
/// <param name="ByRate">Features found, from the most frequent to the rarest.</param>
/// <param name="Trees">Absorption and hedging; null without trees.</param>
internal sealed record SeedTruth(
    long Seed, double Mcc, double Uniqueness, double FoundShare, double Precision, double Recall, double F1, double ChanceF1, double L0,
    double TrueL0, int Dead, double ExplainedVariance, IReadOnlyList<RateStratum> ByRate, TreeEdgeSummary? Trees)
{
    internal static SeedTruth From(long seed, WorldEvaluation evaluation) => new(
        seed, evaluation.Recovery.Mcc, evaluation.Recovery.Uniqueness, evaluation.Recovery.FoundShare,
        evaluation.Classification.Precision, evaluation.Classification.Recall, evaluation.Classification.F1,
        evaluation.Classification.ChanceF1, evaluation.L0, evaluation.TrueL0, evaluation.DeadLatents, evaluation.ExplainedVariance,
        evaluation.ByRate, TreeEdgeSummary.From(evaluation.Edges));
}
