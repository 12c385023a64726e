using Husai.Analysis.Statistics;

namespace Husai.Analysis.Chance;

/// <summary>Scores of all pairs of a set in several null studies, for one similarity.</summary>
internal sealed class StudyScores(int studies, int dictionaries)
{
    private readonly double[][][] _scores = [.. Enumerable.Range(0, studies).Select(_ => Square(dictionaries))];

    public int Studies => _scores.Length;

    /// <summary>Scores of a study, symmetric, 1 on the diagonal.</summary>
    public double[][] Of(int study) => _scores[study];

    public void Set(int study, int i, int j, double score) => _scores[study][i][j] = _scores[study][j][i] = score;

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
