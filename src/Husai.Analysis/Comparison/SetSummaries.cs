using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>The parts of a comparison of two sets.</summary>
internal sealed class SetSummaries
{
    private readonly double[,] _matrix;
    private readonly int _firstCount;
    private readonly int[] _alive;
    private readonly StabilityOptions _options;
    private readonly Covariance _covariance;
    private readonly string _source;
    private readonly Workers? _workers;

    public SetSummaries(
        IReadOnlyList<LatentDictionary> all, int firstCount, double[,] matrix, StabilityOptions options, Covariance? activations, Workers? workers)
    {
        _matrix = matrix;
        _firstCount = firstCount;
        _options = options;
        _workers = workers;
        var selections = all.Select(dictionary => LatentSelection.Of(dictionary, options.Similarity)).ToArray();
        _alive = [.. selections.Select(selection => selection.Latents.Length)];
        _covariance = activations
            ?? DictionarySet.SecondMoments([.. all.Zip(selections, (dictionary, selection) => selection.RowsOf(dictionary.Decoder))], workers);
        _source = activations is null ? "decoders" : "activations";
        First = Summarise(all, 0, firstCount);
        Second = Summarise(all, firstCount, all.Count - firstCount);
    }

    public SetSummary First { get; }

    public SetSummary Second { get; }

    public double Between => Pairs(i => i < _firstCount, j => j >= _firstCount).Average();

    public double HedgesG => EffectSize.HedgesG(SeedMeans(0, _firstCount), SeedMeans(_firstCount, _alive.Length - _firstCount));

    public PairTests PairTests
    {
        get
        {
            var first = Pairs(i => i < _firstCount, j => j < _firstCount);
            var second = Pairs(i => i >= _firstCount, j => j >= _firstCount);
            return new PairTests(
                MannWhitney.Test(first, second), first.Length > 1 && second.Length > 1 ? EffectSize.CohenD(first, second) : null,
                "pairs that share a seed are correlated; these tests reject far too often");
        }
    }

    /// <summary>Each similarity corrected by the stronger chance level at its own numbers of latents.</summary>
    public double[,] KappaMatrix()
    {
        var result = new double[_alive.Length, _alive.Length];
        var levels = new Dictionary<(int, int), double>();
        for (var i = 0; i < _alive.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var key = (Math.Min(_alive[i], _alive[j]), Math.Max(_alive[i], _alive[j]));
                if (!levels.TryGetValue(key, out var level))
                {
                    level = SetChance.For([key.Item1, key.Item2], _covariance, _source, _options with { ChanceDraws = Math.Min(4, _options.ChanceDraws) }, _workers).Strongest;
                    levels.Add(key, level);
                }

                result[i, j] = result[j, i] = Kappa.Corrected(_matrix[i, j], level);
            }
        }

        return result;
    }

    private SetSummary Summarise(IReadOnlyList<LatentDictionary> all, int start, int count)
    {
        var matrix = new double[count, count];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                matrix[i, j] = _matrix[start + i, start + j];
            }
        }

        var within = Jackknife.OfPairs(matrix, _options.Confidence);
        var alive = _alive.AsSpan(start, count).ToArray();
        var chance = SetChance.For(alive, _covariance, _source, _options, _workers);
        return new SetSummary([.. all.Skip(start).Take(count).Select(dictionary => dictionary.Name)], alive, within, chance, Kappa.Of(within.Mean, chance));
    }

    private double[] SeedMeans(int start, int count) =>
    [
        .. Enumerable.Range(start, count).Select(i => Enumerable.Range(start, count).Where(j => j != i).Average(j => _matrix[i, j])),
    ];

    private double[] Pairs(Func<int, bool> first, Func<int, bool> second)
    {
        var values = new List<double>();
        for (var i = 0; i < _alive.Length; i++)
        {
            for (var j = i + 1; j < _alive.Length; j++)
            {
                if (first(i) && second(j))
                {
                    values.Add(_matrix[i, j]);
                }
            }
        }

        return [.. values];
    }
}
