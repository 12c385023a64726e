using Husai.Analysis.Stability;

namespace Husai.Reporting.Data;

/// <summary>The similarity of every run to every other.</summary>
public sealed record SimilaritySummary
{
    /// <summary>Full name of the similarity, such as <c>abs cosine, max, decoder, mean</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Configuration of each run; runs of one configuration stand together.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Label of each run within its group, such as its seed.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Values in [0, 1], one row per run; the diagonal is 1.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    /// <summary>Pairs of runs, by row, that share their initial weights: their similarity says nothing about what training finds.</summary>
    public IReadOnlyList<SharedStart> SharedStarts { get; init; } = [];

    /// <summary>Similarities as <see cref="Values"/>: a signed one below 0 counts as 0.</summary>
    internal static IReadOnlyList<IReadOnlyList<double>> InRange(IEnumerable<IReadOnlyList<double>> matrix) =>
        [.. matrix.Select(row => (IReadOnlyList<double>)[.. row.Select(value => Math.Clamp(value, 0, 1))])];

    /// <summary>Whether two runs, by row, share their initial weights.</summary>
    public Func<int, int, bool> SharesStart()
    {
        var pairs = SharedStarts.SelectMany(pair => new[] { (pair.First, pair.Second), (pair.Second, pair.First) }).ToHashSet();
        return (row, column) => pairs.Contains((row, column));
    }
}
