using System.Runtime.InteropServices;
using Husai.Numerics.Matrices;
using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>
/// Draws a block of samples in working memory of one thread: first what may fire in all of them, part by part of the features, then each to
/// its end.
/// </summary>
internal sealed class SampleDraws : IFeatureDraws
{
    private readonly FiringThresholds _thresholds;
    private readonly FeatureDraws _draws;
    private readonly TreeDescent _descent;
    private readonly int[] _withoutParent;
    private readonly CandidateList[] _candidates;
    private uint[] _coarse = [];
    private int[] _positions = [];
    private float[] _magnitudes = new float[256];
    private float[] _childThresholds = new float[256];
    private SampleStream? _stream;
    private Matrix? _factors;
    private int _factorRow;

    public SampleDraws(World world, FiringThresholds thresholds, int samples)
    {
        _thresholds = thresholds;
        _draws = new FeatureDraws(world);
        _descent = new TreeDescent(world);
        _withoutParent = [.. world.Trees.WithoutParent];
        _candidates = [.. Enumerable.Range(0, samples).Select(_ => new CandidateList())];
    }

    /// <summary>What the last sample holds.</summary>
    public SparseSample Sample { get; } = new();

    /// <summary>Finds what may fire of some features without parent.</summary>
    /// <param name="stream">Random numbers of the sample.</param>
    /// <param name="sample">Number of the sample in its block.</param>
    /// <param name="first">Position of the first feature among those without parent; 0 begins the sample anew.</param>
    /// <param name="thresholds">Of each feature from there on.</param>
    public void Look(SampleStream stream, int sample, int first, ReadOnlySpan<float> thresholds)
    {
        var candidates = _candidates[sample];
        if (first == 0)
        {
            candidates.Clear();
        }

        if (_positions.Length < thresholds.Length)
        {
            _positions = new int[thresholds.Length];
            _coarse = new uint[(thresholds.Length + sizeof(uint) - 1) / sizeof(uint)];
        }

        stream.FillCoarse(first, _coarse.AsSpan(0, (thresholds.Length + sizeof(uint) - 1) / sizeof(uint)));
        var coarse = MemoryMarshal.AsBytes(_coarse.AsSpan());
        var count = FiringCandidates.Find(coarse, thresholds, _positions);
        foreach (var position in _positions.AsSpan(0, count))
        {
            candidates.Add(_withoutParent[first + position], coarse[position], thresholds[position]);
        }
    }

    /// <summary>Draws a sample of whose features all have been looked at.</summary>
    /// <param name="stream">Random numbers of the sample.</param>
    /// <param name="sample">Number of the sample in its block.</param>
    /// <param name="factors">Holds its factors.</param>
    /// <param name="factorRow">Row of the factors.</param>
    public void Run(SampleStream stream, int sample, Matrix factors, int factorRow)
    {
        (_stream, _factors, _factorRow) = (stream, factors, factorRow);
        var candidates = _candidates[sample];
        var features = candidates.Features;
        Reserve(features.Length);
        var magnitudes = _magnitudes.AsSpan(0, features.Length);
        _draws.Run(stream, features, candidates.Thresholds, candidates.Coarse, magnitudes);
        Sample.Clear();
        for (var n = 0; n < features.Length; n++)
        {
            if (magnitudes[n] > 0)
            {
                Sample.Add(features[n], magnitudes[n]);
            }
        }

        _descent.Descend(this, Sample);
    }

    public void Draw(ReadOnlySpan<int> features, Span<float> magnitudes, Span<uint> priorities)
    {
        Reserve(features.Length);
        var thresholds = _childThresholds.AsSpan(0, features.Length);
        _thresholds.Find(features, _factors!.Row(_factorRow), thresholds);
        _draws.Run(_stream!, features, thresholds, [], magnitudes);
        _draws.CopyPriorities(priorities);
    }

    private void Reserve(int count)
    {
        if (count > _magnitudes.Length)
        {
            (_magnitudes, _childThresholds) = (new float[2 * count], new float[2 * count]);
        }
    }
}
