using Husai.Analysis.Statistics;
using Husai.Analysis.Statistics.Distributions;

namespace Husai.Analysis.Chance;

/// <summary>Scores of the null studies of the same shape for one similarity.</summary>
/// <param name="First">Of the draws.</param>
/// <param name="Second">Of the draws from the draws' own second moments; null where no pair needs the correction.</param>
/// <param name="Sizes">Live latents of each dictionary.</param>
internal sealed record SameShapeScores(StudyScores First, StudyScores? Second, IReadOnlyList<int> Sizes)
{
    /// <summary>Scores of the draws, or of those from the draws' own second moments.</summary>
    public StudyScores Of(bool isAgain) => isAgain ? Second! : First;

    /// <summary>Level of each pair: 2 r1 - r2, or r1 where both sides are large; 1 on the diagonal.</summary>
    public double[][] PairLevels() => Corrected(First.Means(), Second?.Means());

    /// <summary>Level of the set, with the standard error that the spread of the studies gives.</summary>
    public ChanceLevel Level() => ChanceLevel.Of([
        .. Enumerable.Range(0, First.Studies).Select(study => PairMean.Of(Corrected(First.Of(study), Second?.Of(study)))),
    ]) with
    { ExtrapolationError = First.ExtrapolationError };

    /// <summary>The same without the correction.</summary>
    public ChanceLevel Uncorrected() => First.Level();

    /// <summary>
    /// p of the score of two dictionaries: counted where there are draws enough, else from the spread of the studies; null with fewer than
    /// eight. The studies are moved by the correction.
    /// </summary>
    public (double P, bool IsApproximate)? PValue(double score)
    {
        var level = Level().Value;
        var studies = First.PairMeans();
        var shift = level - studies.Average();
        if (studies.Length >= ChanceDraws.ForCount)
        {
            return ((1.0 + studies.Count(study => study + shift >= score)) / (studies.Length + 1.0), false);
        }

        if (studies.Length < ChanceDraws.ForSpread)
        {
            return null;
        }

        var spread = double.Hypot(Uncorrected().StandardError * Math.Sqrt(studies.Length + 1.0), First.ExtrapolationError ?? 0);
        // Without spread every random set scores the level itself.
        return (spread > 0 ? NormalTail.Above((score - level) / spread) : score > level ? 0 : 1, true);
    }

    private double[][] Corrected(double[][] first, double[][]? second)
    {
        if (second is null)
        {
            return first;
        }

        return [.. first.Select((row, i) => row.Select((value, j) =>
            i != j && SameShapeLevel.IsCorrected(Sizes[i], Sizes[j]) ? 2 * value - second[i][j] : value).ToArray())];
    }
}
