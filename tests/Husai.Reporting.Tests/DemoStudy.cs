using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Comparison;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Autoencoders.Training;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Functions;
using Husai.Numerics.Randomness;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Tests;

/// <summary>A made-up study with the shape of a real one: a transformer that groks, three configurations, five seeds each.</summary>
internal static class DemoStudy
{
    public const int Prime = 113;
    private static readonly int[] KeyFrequencies = [18, 25, 36, 38, 44];

    private static readonly Lazy<StudyReportData> Full = new(Build);

    public static StudyReportData Create() => Full.Value;

    private static StudyReportData Build() => new()
    {
        Name = "quickstart",
        Transformers = [Transformer()],
        Configurations =
        [
            Configuration("topk_8x_k32", "TopK", 1024, "k", 32, stability: 0.47, overlap: 0.47),
            Configuration("relu_8x", "ReLU", 1024, "l1", 1e-3, stability: 0.58, overlap: 0.52),
            Configuration("topk_1x_k1", "TopK", 113, "k", 1, stability: 0.89, overlap: 0.71),
        ],
        Similarities = [Similarities(["topk_8x_k32", "relu_8x"], [0.47, 0.58], 0.41, seeds: 5)],
        Comparisons =
        [
            new ConfigurationComparison("seeds", new PlannedComparison(
                "relu_8x", "topk_8x_k32", new KappaDifference(0.112, 0.1, 0.124, 2 / 252.0, 2 / 252.0), 0.0159,
                new PairTests(MannWhitney.Test([0.5, 0.6], [0.3, 0.4]), null, 2.3, "pairs are no sample"))),
        ],
        Latents = [Portrait("topk_1x_k1", "Most stable latent", 36, 5), Portrait("topk_8x_k32", "Most active latent", 18, 2)],
        Failures = [new FailedRun("relu_8x/seed-7", "the loss is not a number at step 120; lower learning_rate")],
        Configuration = "name: quickstart\ntransformers:\n  - p: 113\n    layers: 1\nsaes:\n  - config: topk_8x_k32\n    seeds: "
            + "[0, 1, 2, 3, 4]\n",
        Environment = [new("husai", "0.1.0"), new(".NET", "10.0.12"), new("processor", "2 cores, AVX-512"), new("date", "2026-01-31")],
        Timings = [
            new StageTiming("train transformers", 11.72, 1), new StageTiming("train SAEs", 41.3, 15),
            new StageTiming("analyse", 9.04, 3)],
        Reproduction = ["husai study run configs/studies/quickstart.yaml --output runs/quickstart"],
    };

    /// <summary>A grid of configurations over latents and sparsity for two architectures.</summary>
    public static StudyReportData Grid()
    {
        int[] latents = [20, 64, 128, 256, 1024];
        int[] ks = [1, 2, 4, 8, 32];
        double[] penalties = [3e-4, 1e-3, 3e-3];
        return new StudyReportData
        {
            Name = "goldilocks",
            Configurations =
            [
                .. from count in latents
                   from k in ks
                   where k < count
                   select Configuration(
                       $"topk_{count}_k{k}", "TopK", count, "k", k, 0.85 - (0.012 * k) - (count / 8000.0), 0.5, detailed: false),
                .. from count in latents.Skip(1)
                   from l1 in penalties
                   select Configuration(
                       $"relu_{count}_l1_{FigureNumbers.Short(l1)}", "ReLU", count, "l1", l1, 0.5 + (30 * l1), 0.45, detailed: false),
                Configuration("gated_256", "Gated", 256, "l1", 1e-3, 0.6, 0.4, detailed: false),
            ],
            Similarities = [
                Similarities(
                    [.. Enumerable.Range(1, 19).Select(n => $"topk-latents1024-k{n}")], [.. Enumerable.Repeat(0.6, 19)], 0.4, seeds: 3)],
        };
    }

    /// <summary>Agreement with a level of the same shape, and turned kappa; the half width is that of all intervals.</summary>
    public static StabilityScore Score(double mean, double half, double sameShape = 0.49, double? turned = 0.5, int seeds = 5)
    {
        var kappa = Corrected(mean, half, sameShape, seeds);
        var kappaTurned = turned is { } level ? Corrected(mean, half, level, seeds) : null;
        return new StabilityScore
        {
            Name = "abs cosine, max, decoder, mean",
            Value = new Interval(mean, half / 2.8, mean - half, mean + half, 0.95, seeds),
            Levels = new ChanceLevels
            {
                SameShape = new ChanceLevel(sameShape, 0.0021, 16),
                SameShapeUncorrected = new ChanceLevel(sameShape, 0.0011, 16),
                Turned = turned is { } value ? new ChanceLevel(value, 0.0015, 16) : null,
                Isotropic = new ChanceLevel(0.299, 0, 0),
            },
            Kappa = kappa,
            KappaTurned = kappaTurned,
            CosineToStart = 0.4,
            Verdict = Verdict.Of(false, kappa, kappaTurned, mean, 0.4, null),
        };
    }

    /// <summary>Recovery of the circuit beside other planes at 0.3 and data points at 0.45.</summary>
    public static CircuitScore Circuit(double overlap, double half = 0.02, double otherPlanes = 0.3, double dataPoints = 0.45)
    {
        var kappa = Corrected(overlap, half, otherPlanes, 5);
        return new CircuitScore
        {
            Overlap = new Interval(overlap, half / 2.8, overlap - half, overlap + half, 0.95, 5),
            Presence = new Interval(0.9, 0.01, 0.88, 0.92, 0.95, 5),
            PresenceChance = 0.047,
            OtherPlanes = new ChanceLevel(otherPlanes, 0.002, 200),
            Kappa = kappa,
            P = 0.005,
            DataPoints = dataPoints,
            PrincipalComponents = 0.95,
            Finding = kappa.Low <= 0
                ? CircuitFinding.NoChoiceOfPlane
                : overlap - half > dataPoints
                ? CircuitFinding.Recovered
                : CircuitFinding.NoCloserThanDataPoints,
        };
    }

    private static Kappa Corrected(double mean, double half, double level, int seeds) => new(
        Kappa.Corrected(mean, level), half / 2.8 / (1 - level), Kappa.Corrected(mean - half, level), Kappa.Corrected(mean + half, level),
        seeds);

    public static ConfigurationResults Configuration(
        string name, string architecture, int latents, string sparsityName, double sparsity, double stability, double overlap,
        bool detailed = true)
    {
        var stream = new RandomStream(7, "demo." + name);
        double Noise(double size) => size * (stream.NextDouble() - 0.5);
        var l0 = sparsityName == "k" ? sparsity : 41.3;
        return new ConfigurationResults
        {
            Name = name,
            Architecture = architecture,
            Site = "blocks.0.hook_resid_post",
            Width = 128,
            Latents = latents,
            SparsityName = sparsityName,
            Sparsity = sparsity,
            TargetL0 = sparsityName == "k" ? sparsity : null,
            ExplainedVariance = Around(0.93, 0.01),
            L0 = Around(l0, 0.02 * l0),
            DeadFraction = Around(latents > 500 ? 0.42 : 0.08, 0.03),
            Stability = Score(stability, 0.025),
            SplicedAccuracy = Around(0.99, 0.002),
            Circuit = Circuit(overlap),
            OtherScores =
            [
                new ScoreSummary
                {
                    Name = "signed cosine, hungarian, decoder, mean",
                    Value = Around(0.4, 0.01),
                    ChanceName = "same shape",
                    Chance = new ChanceLevel(0.35, 0.001, 16),
                    Kappa = Corrected(0.4, 0.01, 0.35, 5),
                },
            ],
            Seeds = [.. Enumerable.Range(0, 5).Select(seed => new SeedResults
            {
                Seed = seed,
                ExplainedVariance = 0.93 + Noise(0.02),
                L0 = l0 + Noise(0.5),
                DeadFraction = 0.4 + Noise(0.05),
                Stability = stability + Noise(0.03),
                Circuit = overlap + Noise(0.03),
                Training = detailed ? [.. Enumerable.Range(0, 41).Select(index => Training(index * 20, l0, stability, Noise(0.02)))] : [],
            })],
            BestMatches = detailed ? Matches(stability) : null,
            LatentPoints = detailed ? [
                .. Enumerable.Range(0, latents).SelectMany(latent => Enumerable.Range(0, 5).Select(seed => new LatentPoint(
                seed, latent, Math.Clamp(stability + (0.12 * stream.NextNormal()), 0, 1),
                Math.Clamp(overlap + (0.15 * stream.NextNormal()), 0, 1))))] : [],
            Dynamics = detailed ? [.. Enumerable.Range(0, 17).Select(index => Dynamics(index * 50, stability, overlap))] : [],
            Firing = detailed ? new FiringSummary(
                [.. Enumerable.Range(0, 26).Select(edge => -5 + (0.2 * edge))],
                [.. Enumerable.Range(0, 25).Select(bin => (int)(latents * 0.4 * Transcendental.Exp(-(bin - 16) * (bin - 16) / 30.0)))],
                latents / 3, 1e-5) : null,
        };
    }

    private static TransformerSummary Transformer()
    {
        double Falling(int epoch, int middle, double from, double to) =>
            Transcendental.Exp(
                Transcendental.Log(from) + (
                    (Transcendental.Log(to) - Transcendental.Log(from)) / (1 + Transcendental.Exp(8 * (1 - ((double)epoch / middle))))));
        double Rising(int epoch, int middle) => 1 / (1 + Transcendental.Exp(9 * (1 - ((double)epoch / middle))));
        return new TransformerSummary
        {
            Name = "add113",
            Description = "addition mod 113, 1 layer, width 128",
            Grokked = true,
            GrokkingEpoch = 125,
            TestAccuracy = 1,
            Learning = [.. Enumerable.Range(0, 106).Select(index => index * 5).Select(epoch => new LearningPoint(
                epoch, Falling(epoch, 50, 4.8, 1e-5), Falling(epoch, 110, 6.5, 3e-5), Rising(epoch, 40), Rising(epoch, 85)))],
            EmbeddingSpectrum = [
                .. Enumerable.Range(1, Prime / 2).Select(k => KeyFrequencies.Contains(k) ? 3.1 - (0.03 * k) : 0.2 + (0.05 * (k % 5)))],
            KeyFrequencies = KeyFrequencies,
            Checks = [new("restricted loss", "1.1e-5"), new("excluded loss", "6.5")],
        };
    }

    private static Interval Around(double mean, double half) => new(mean, half / 2.8, mean - half, mean + half, 0.95, 5);

    private static TrainingPoint Training(int step, double l0, double stability, double noise)
    {
        var left = Transcendental.Exp(-step / (80 + (150 * stability)));
        return new TrainingPoint
        {
            Step = step,
            Loss = ((0.006 * stability) + (0.9 * left)) * (1 + noise),
            ExplainedVariance = 0.99 - (0.1 * stability) - (0.9 * left) + (noise / 2),
            L0 = l0 + (60 * left),
            DeadFraction = (0.9 - stability) * (1 - left),
        };
    }

    private static DynamicsSummary Dynamics(int step, double stability, double overlap)
    {
        var done = 1 - Transcendental.Exp(-step / 200.0);
        return new DynamicsSummary
        {
            Step = step,
            ToOtherSeeds = Around(0.299 + ((stability - 0.299) * done), 0.02),
            Chance = 0.49,
            Kappa = Kappa.Corrected(0.299 + ((stability - 0.299) * done), 0.49),
            ToFinalSelf = Around(0.3 + (0.7 * (1 - ((1 - (step / 800.0)) * (1 - (stability * step / 800))))), 0.01),
            ExplainedVariance = Around(0.95 * done, 0.01),
            ToCircuit = Around(0.04 + ((overlap - 0.04) * done), 0.03),
        };
    }

    private static BestMatchHistogram Matches(double centre)
    {
        double[] edges = [.. Enumerable.Range(0, 41).Select(edge => edge / 40.0)];
        return new BestMatchHistogram(edges, Bell(centre, 0.13), Bell(0.49, 0.09), Bell(0.5, 0.09), Bell(0.3, 0.03));

        double[] Bell(double mean, double deviation)
        {
            var raw = edges.Take(40).Select(edge =>
                Transcendental.Exp(-(edge + 0.0125 - mean) * (edge + 0.0125 - mean) / (2 * deviation * deviation))).ToArray();
            return [.. raw.Select(value => value / raw.Sum())];
        }
    }

    private static SimilaritySummary Similarities(string[] names, double[] within, double between, int seeds)
    {
        var stream = new RandomStream(3, "demo.similarity");
        var count = names.Length * seeds;
        var values = new double[count][];
        for (var row = 0; row < count; row++)
        {
            values[row] = new double[count];
            for (var column = 0; column < row; column++)
            {
                var mean = row / seeds == column / seeds ? within[row / seeds] : between;
                values[row][column] = values[column][row] = mean + (0.04 * (stream.NextDouble() - 0.5));
            }

            values[row][row] = 1;
        }

        return new SimilaritySummary
        {
            Name = "abs cosine, max, decoder, mean",
            Groups = [.. Enumerable.Range(0, count).Select(run => names[run / seeds])],
            Labels = [.. Enumerable.Range(0, count).Select(run => FigureNumbers.Short(run % seeds))],
            Values = values,
            SharedStarts = names.Length > 1
                ? [
                    .. Enumerable.Range(0, seeds).Select(seed =>
                        new SharedStart(seed, seeds + seed, SharedStartEvidence.InitialisationSeed, 0.99, null))]
                : [],
        };
    }

    private static LatentPortrait Portrait(string configuration, string title, int frequency, int seeds) => new(
        configuration, title, [.. Enumerable.Range(0, seeds).Select(seed => Map(seed, frequency, seed == 0 ? 1 : 0.97 - (0.05 * seed)))]);

    private static LatentMap Map(int seed, int frequency, double cosine)
    {
        var activations = new float[Prime * Prime];
        for (var index = 0; index < activations.Length; index++)
        {
            var angle = 2 * Math.PI * frequency * ((index / Prime) + (index % Prime)) / Prime;
            activations[index] = (float)Math.Max(
                0, Transcendental.Cos(angle + (0.1 * seed)) - 0.2 + (0.1 * seed * Transcendental.Cos(2.5 * index)));
        }

        return new LatentMap(seed, 400 + (17 * seed), cosine, activations);
    }
}
