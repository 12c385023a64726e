using Husai.Worlds.Model;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Statistics;

/// <summary>The statistics of section 7 over the first samples of a world.</summary>
internal sealed class SampleStatistics
{
    private readonly WorldSampler _sampler;
    private readonly int _samples;
    private readonly long[] _firing;
    private readonly double[] _magnitudeSums;
    private readonly double[] _magnitudeSquares;
    private readonly int[] _pairs;
    private double _countSum;
    private double _countSquares;

    public SampleStatistics(WorldSampler sampler, int samples)
    {
        (_sampler, _samples) = (sampler, samples);
        var features = sampler.World.Features;
        _firing = new long[features];
        _magnitudeSums = new double[features];
        _magnitudeSquares = new double[features];
        _pairs = new int[features * features];
        var hidden = new float[sampler.World.Width];
        var sums = new double[hidden.Length];
        var squares = 0.0;
        sampler.Visit([.. Enumerable.Range(0, samples)], (_, found, magnitudes, _) =>
        {
            Add(found, magnitudes);
            sampler.Combine(found, magnitudes, hidden);
            for (var column = 0; column < hidden.Length; column++)
            {
                sums[column] += hidden[column];
                squares += (double)hidden[column] * hidden[column];
            }
        });
        TotalVariance = squares / samples - sums.Sum(sum => sum / samples * (sum / samples));
    }

    public World World => _sampler.World;

    public double TotalVariance { get; }

    public double MeanCount => _countSum / _samples;

    public double CountDeviation => Math.Sqrt(_countSquares / _samples - MeanCount * MeanCount);

    public double Rate(int feature) => (double)_firing[feature] / _samples;

    public double MeanRate(int first, int end) => Enumerable.Range(first, end - first).Average(Rate);

    public double Magnitude(int feature) => _magnitudeSums[feature] / _firing[feature];

    public double MagnitudeDeviation(int feature) =>
        Math.Sqrt(Math.Max(0, _magnitudeSquares[feature] / _firing[feature] - Magnitude(feature) * Magnitude(feature)));

    public double MeanMagnitude(int first, int end) => Enumerable.Range(first, end - first).Average(Magnitude);

    public double MeanDeviation(int first, int end) => Enumerable.Range(first, end - first).Average(MagnitudeDeviation);

    /// <summary>Mean over the children of a depth of the share of the parent's samples in which they fire.</summary>
    public double ChildGivenParent(int depth) =>
        Children(depth).Average(child => (double)_firing[child] / _firing[World.Trees.Parents[child]]);

    public IEnumerable<int> Children(int depth) =>
        Enumerable.Range(0, World.Features).Where(feature => World.Trees.Depths[feature] == depth);

    /// <summary>Mean and standard deviation over all pairs of the correlation of what fires.</summary>
    public (double Mean, double Deviation) Phi()
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        for (var i = 0; i < _firing.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var together = (double)(_pairs[i * _firing.Length + j] + _pairs[j * _firing.Length + i]) / _samples;
                var phi = (together - Rate(i) * Rate(j)) / Math.Sqrt(Rate(i) * (1 - Rate(i)) * Rate(j) * (1 - Rate(j)));
                sum += phi;
                squares += phi * phi;
                count++;
            }
        }

        return (sum / count, Math.Sqrt(squares / count - sum / count * (sum / count)));
    }

    private void Add(ReadOnlySpan<int> found, ReadOnlySpan<float> magnitudes)
    {
        _countSum += found.Length;
        _countSquares += (double)found.Length * found.Length;
        for (var n = 0; n < found.Length; n++)
        {
            _firing[found[n]]++;
            _magnitudeSums[found[n]] += magnitudes[n];
            _magnitudeSquares[found[n]] += (double)magnitudes[n] * magnitudes[n];
            for (var other = 0; other < n; other++)
            {
                _pairs[found[n] * _firing.Length + found[other]]++;
            }
        }
    }
}
