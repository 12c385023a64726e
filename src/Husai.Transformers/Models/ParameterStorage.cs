using Husai.Numerics.Matrices;

namespace Husai.Transformers.Models;

/// <summary>Hands out views of one block of memory, so that the optimiser passes over all parameters at once.</summary>
internal sealed class ParameterStorage
{
    // Each parameter starts on a 64-byte boundary; the gaps stay zero in weights, gradients and moments alike.
    private const int Alignment = 16;
    private readonly Matrix _memory;
    private readonly List<TransformerParameter> _parameters = [];
    private int _used;

    public ParameterStorage(int capacity) => _memory = new Matrix(1, capacity);

    public IReadOnlyList<TransformerParameter> Parameters => _parameters;

    public Span<float> All => _memory.AsSpan();

    public static long Capacity(IEnumerable<int> lengths) => lengths.Sum(length => (long)Aligned(length));

    public Matrix Take(string name, params ReadOnlySpan<int> shape)
    {
        var columns = shape[^1];
        var rows = 1;
        foreach (var size in shape[..^1])
        {
            rows *= size;
        }

        var view = _memory.SliceColumns(_used, rows * columns).Reshape(rows, columns);
        _used += Aligned(rows * columns);
        _parameters.Add(new TransformerParameter(name, shape.ToArray(), view));
        return view;
    }

    private static int Aligned(int length) => (length + Alignment - 1) / Alignment * Alignment;
}
