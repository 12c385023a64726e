using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Comparison;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Analysis.Verdicts;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Reporting.Drawing;
using Husai.Reporting.Results;

namespace Husai.Reporting.Figures;

/// <summary>The figures of a study's report that single commands have the numbers for.</summary>
internal static class CommandFigures
{
    private const string OneSet = "SAEs";

    /// <summary>Chance levels, similarity of every two SAEs and best-match cosines of <c>husai stability</c>.</summary>
    /// <param name="stability">What was measured.</param>
    public static IReadOnlyList<ReportFigure> Of(SeedStability stability)
    {
        ArgumentNullException.ThrowIfNull(stability);
        return ReportFigures.Create(new StudyReportData
        {
            Name = "stability",
            Configurations =
            [
                new ConfigurationResults
                {
                    Name = OneSet,
                    Architecture = "",
                    Stability = StabilityScore.Of(stability),
                    BestMatches = stability.BestMatches,
                },
            ],
            Similarities =
            [
                Similarities(
                    stability.Main.Name, [(OneSet, stability.Saes)], stability.Matrix, stability.SharedStarts),
            ],
        });
    }

    /// <summary>Chance levels of both sets and similarity of every two SAEs of <c>husai compare</c>.</summary>
    /// <param name="comparison">What was measured.</param>
    public static IReadOnlyList<ReportFigure> Of(SetComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        SetSummary[] sets = [comparison.A, comparison.B];
        return ReportFigures.Create(new StudyReportData
        {
            Name = "compare",
            Configurations =
            [
                .. sets.Select(set => new ConfigurationResults
                {
                    Name = set.Name,
                    Architecture = "",
                    Stability = StabilityScore.Of(set.Agreement),
                }),
            ],
            Similarities =
            [
                Similarities(
                    comparison.Options.Name, [.. sets.Select(set => (set.Name, set.Saes))], comparison.Matrix, comparison.SharedStarts),
            ],
        });
    }

    /// <summary>Overlap with the circuit beside its levels of <c>husai circuit</c>; none where the site has no planes.</summary>
    /// <param name="verdict">What was measured.</param>
    public static IReadOnlyList<ReportFigure> Of(CircuitVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return ReportFigures.Create(new StudyReportData
        {
            Name = "circuit",
            Configurations = [new ConfigurationResults { Name = OneSet, Architecture = "", Circuit = CircuitScore.Of(verdict) }],
        });
    }

    /// <summary>How agreement forms, of <c>husai dynamics</c>; none for a single step.</summary>
    /// <param name="points">Each step.</param>
    public static IReadOnlyList<ReportFigure> Of(IReadOnlyList<DynamicsPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return ReportFigures.Create(new StudyReportData
        {
            Name = "dynamics",
            Configurations =
            [
                new ConfigurationResults { Name = OneSet, Architecture = "", Dynamics = [.. points.Select(Summary)] },
            ],
        });
    }

    /// <summary>The closed-form levels over the number of latents, up to that of <c>husai chance</c>.</summary>
    /// <param name="levels">What was computed.</param>
    public static IReadOnlyList<ReportFigure> Of(IsotropicLevels levels)
    {
        ArgumentNullException.ThrowIfNull(levels);
        int[] latents =
            [.. Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(count => count < levels.Latents), levels.Latents];
        return
        [
            SeriesFigure.Draw(
                "chance", "Chance level over the number of latents",
                $"Mean best cosine of a row of one isotropic dictionary with those of another, {levels.Width} wide.",
                new Axis("latents", LogScale.Around(latents.Select(count => (double)count))), "mean best cosine",
                [
                    Series("abs cosine, max", count => IsotropicMaximum.Absolute(levels.Width, count)),
                    Series("signed cosine, max", count => IsotropicMaximum.Signed(levels.Width, count)),
                ]),
        ];

        (string, (double, double)[]) Series(string name, Func<int, double> level) =>
            (name, [.. latents.Select(count => ((double)count, level(count)))]);
    }

    private static DynamicsSummary Summary(DynamicsPoint point) => DynamicsSummary.Of(point) with
    {
        ToCircuit = point.Circuit is { } circuit
            ? new Interval(circuit.FourierOverlap.Score, null, null, null, point.ToFinalSelf.Confidence, point.ToFinalSelf.Seeds)
            : null,
    };

    private static SimilaritySummary Similarities(
        string name, IReadOnlyList<(string Name, IReadOnlyList<string> Saes)> sets, double[][] matrix,
        IReadOnlyList<SharedStart> starts) => new()
        {
            Name = name,
            Groups = [.. sets.SelectMany(set => set.Saes.Select(_ => set.Name))],
            Labels = [.. sets.SelectMany(set => set.Saes).Select(Path.GetFileName).OfType<string>()],
            Values = SimilaritySummary.InRange(matrix),
            SharedStarts = starts,
        };
}
