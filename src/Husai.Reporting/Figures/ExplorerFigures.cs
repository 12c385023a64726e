using Husai.Analysis.Latents;
using Husai.Autoencoders.Training;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Figures;

/// <summary>The report's figures of what the explorer shows one at a time.</summary>
internal static class ExplorerFigures
{
    /// <summary>Most trainings whose curves can be told apart.</summary>
    public static int MostTrainings => Drawing.Palette.SeriesCount;

    /// <summary>Curves of trainings laid over each other; null where nothing was measured yet.</summary>
    /// <param name="trainings">Name and evaluations of each, at most <see cref="MostTrainings"/>.</param>
    /// <param name="axes">The axes.</param>
    public static ReportFigure? Trainings(IReadOnlyList<(string Name, IReadOnlyList<TrainingPoint> Points)> trainings, TrainingAxes axes)
    {
        ArgumentNullException.ThrowIfNull(trainings);
        ArgumentNullException.ThrowIfNull(axes);
        var data = new StudyReportData
        {
            Name = "trainings",
            Configurations =
            [
                .. trainings.Where(training => training.Points.Count > 0).Select(training => new ConfigurationResults
                {
                    Name = training.Name,
                    Architecture = "",
                    Seeds = [new SeedResults { Training = training.Points }],
                }),
            ],
        };
        return data.Configurations.Count == 0
            ? null
            : TrainingFigure.Create(data, axes, "Losses of the steps, metrics on the held-out rows.");
    }

    /// <summary>Learning curves of a transformer; null where nothing was measured yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="points">Its evaluations.</param>
    public static ReportFigure? Learning(string name, IReadOnlyList<LearningPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        return points.Count == 0
            ? null
            : LearningFigure.Create(new TransformerSummary { Name = name, Learning = points }, "learning") with
            {
                Caption = "Loss and accuracy on training and held-out pairs. Logarithmic epochs.",
            };
    }

    /// <summary>Similarity of every two SAEs, each cell with a link.</summary>
    /// <param name="matrix">The similarities.</param>
    /// <param name="id">Name of the figure.</param>
    /// <param name="link">Where a cell leads to, by row and column; null for nowhere.</param>
    public static ReportFigure Similarity(SimilaritySummary matrix, string id, Func<int, int, string?> link)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return SimilarityFigure.Create(matrix, id, link);
    }

    /// <summary>Stability against its chance levels; null where no configuration has two seeds.</summary>
    /// <param name="data">The study.</param>
    public static ReportFigure? Stability(StudyReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Configurations.Any(StabilityFigure.HasData) ? StabilityFigure.Create(data) : null;
    }

    /// <summary>How often the latents of an SAE fire.</summary>
    /// <param name="firing">Counts of latents by frequency.</param>
    public static ReportFigure Firing(FiringSummary firing) => FiringFigure.Create(
        new StudyReportData
        {
            Name = "firing",
            Configurations = [new ConfigurationResults { Name = "", Architecture = "", Firing = firing }],
        },
        "of this SAE");

    /// <summary>A latent over all pairs (a, b) with its spectrum, beside its partners.</summary>
    /// <param name="portrait">The latent first, then its partner in each other seed.</param>
    public static ReportFigure Portrait(LatentPortrait portrait)
    {
        ArgumentNullException.ThrowIfNull(portrait);
        return LatentFigure.Create(portrait, "latent");
    }

    /// <summary>How strongly a latent fires; null where it never does.</summary>
    /// <param name="histogram">Its activations.</param>
    /// <param name="rows">Number of rows that were looked at.</param>
    public static ReportFigure? Activations(ActivationHistogram histogram, long rows)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        return histogram.Counts.Count == 0 ? null : ActivationFigure.Create(histogram, rows);
    }

    /// <summary>What a latent adds to the logit of each answer.</summary>
    /// <param name="effects">An effect for each answer.</param>
    /// <param name="note">What is left out of it, in a sentence.</param>
    public static ReportFigure LogitEffect(IReadOnlyList<float> effects, string note)
    {
        ArgumentNullException.ThrowIfNull(effects);
        return LogitEffectFigure.Create(effects, note);
    }

    /// <summary>Latents of one SAE against their best matches in another: cosine, correlation of activations, firing frequencies.</summary>
    /// <param name="first">How the figure calls the first SAE.</param>
    /// <param name="second">How it calls the second.</param>
    /// <param name="points">The latents of the first.</param>
    /// <param name="chance">Level of the cosines, drawn as a line.</param>
    public static ReportFigure Pair(string first, string second, IReadOnlyList<PairPoint> points, double chance) =>
        PairFigure.Create(first, second, points, chance);
}
