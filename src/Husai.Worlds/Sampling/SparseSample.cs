namespace Husai.Worlds.Sampling;

/// <summary>What fires in one sample, in the order in which it was found.</summary>
internal sealed class SparseSample
{
    private int[] _features = new int[64];
    private float[] _magnitudes = new float[64];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Features => _features.AsSpan(0, Count);

    public ReadOnlySpan<float> Magnitudes => _magnitudes.AsSpan(0, Count);

    public void Clear() => Count = 0;

    public void Add(int feature, float magnitude)
    {
        if (Count == _features.Length)
        {
            Array.Resize(ref _features, 2 * Count);
            Array.Resize(ref _magnitudes, 2 * Count);
        }

        _features[Count] = feature;
        _magnitudes[Count++] = magnitude;
    }
}
