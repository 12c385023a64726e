using Husai.Formats.Tensors;

namespace Husai.Formats.Stores;

/// <summary>Sums over stored rows, in the order of the rows: the same whether a shard was just made or read again.</summary>
internal sealed class ShardStatistics(int width)
{
    private readonly double[] _sums = new double[width];
    private double _norms;

    /// <summary>Number of rows.</summary>
    public long Rows { get; private set; }

    public IReadOnlyList<double> Mean => Array.ConvertAll(_sums, sum => Rows == 0 ? 0 : sum / Rows);

    public double MeanNorm => Rows == 0 ? 0 : _norms / Rows;

    /// <summary>Adds a shard's values in their stored form.</summary>
    public void Add(TensorType type, ReadOnlySpan<byte> values)
    {
        var length = width * type.Size();
        var row = new float[width];
        for (; !values.IsEmpty; values = values[length..])
        {
            TensorElements.Load(type, values[..length], row);
            var squares = 0.0;
            for (var column = 0; column < row.Length; column++)
            {
                _sums[column] += row[column];
                squares += (double)row[column] * row[column];
            }

            _norms += Math.Sqrt(squares);
            Rows++;
        }
    }
}
