using Husai.Analysis.Statistics;

namespace Husai.Analysis.Chance;

/// <summary>Scores of all pairs of a set in several null studies, for one similarity.</summary>
internal sealed class StudyScores(int studies, int dictionaries)
{
    private readonly double[][][] _scores = [.. Enumerable.Range(0, studies).Select(_ => Square(dictionaries))];

    // How much curvature adds to the mean of a study's pairs where they are extrapolated.
    private readonly double[] _curvature = new double[studies];

    public int Studies => _scores.Length;

    /// <summary>What a curve instead of a line adds to the mean over pairs and studies; null where nothing is extrapolated.</summary>
    public double? ExtrapolationError => Array.TrueForAll(_curvature, value => value == 0) ? null : Math.Abs(_curvature.Average());

    /// <summary>Scores of a study, symmetric, 1 on the diagonal.</summary>
    public double[][] Of(int study) => _scores[study];

    public void Set(int study, int i, int j, double score) => _scores[study][i][j] = _scores[study][j][i] = score;

    /// <summary>The score of a study's only pair.</summary>
    public ExtrapolatedScore PairOf(int study) => new(_scores[study][0][1], _curvature[study]);

    public void Set(int study, int i, int j, ExtrapolatedScore score)
    {
        Set(study, i, j, score.Value);
        _curvature[study] += 2 * score.Curvature / (dictionaries * (dictionaries - 1));
    }

    /// <summary>Mean of each pair over the studies, 1 on the diagonal.</summary>
    public double[][] Means()
    {
        var means = Square(_scores[0].Length);
        for (var i = 0; i < means.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                means[i][j] = means[j][i] = _scores.Average(study => study[i][j]);
            }
        }

        return means;
    }

    /// <summary>Mean over pairs and studies.</summary>
    public ChanceLevel Level() => ChanceLevel.Of(PairMeans()) with { ExtrapolationError = ExtrapolationError };

    /// <summary>Mean over the pairs in each study.</summary>
    public double[] PairMeans() => Array.ConvertAll(_scores, study => PairMean.Of(study));

    private static double[][] Square(int size)
    {
        var rows = new double[size][];
        for (var i = 0; i < size; i++)
        {
            rows[i] = new double[size];
            rows[i][i] = 1;
        }

        return rows;
    }
}
