namespace Husai.Worlds.Sampling;

/// <summary>The features without parent that may fire in one sample.</summary>
internal sealed class CandidateList
{
    private int[] _features = new int[64];
    private byte[] _coarse = new byte[64];
    private float[] _thresholds = new float[64];
    private int _count;

    public ReadOnlySpan<int> Features => _features.AsSpan(0, _count);

    /// <summary>Upper 8 bits of each one's uniform number.</summary>
    public ReadOnlySpan<byte> Coarse => _coarse.AsSpan(0, _count);

    public ReadOnlySpan<float> Thresholds => _thresholds.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(int feature, byte coarse, float threshold)
    {
        if (_count == _features.Length)
        {
            Array.Resize(ref _features, 2 * _count);
            Array.Resize(ref _coarse, 2 * _count);
            Array.Resize(ref _thresholds, 2 * _count);
        }

        (_features[_count], _coarse[_count], _thresholds[_count]) = (feature, coarse, threshold);
        _count++;
    }
}
