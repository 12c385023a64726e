using System.Buffers.Binary;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tensors;

/// <summary>A tensor as files hold it: a name, an element type, a shape and its elements, row-major and little-endian.</summary>
internal sealed class NamedTensor
{
    private readonly long[] _shape;

    /// <summary>Wraps bytes that are already in the stored form.</summary>
    /// <param name="name">The name; unique within a file.</param>
    /// <param name="type">The element type.</param>
    /// <param name="shape">Sizes of the dimensions, outermost first; empty for a scalar.</param>
    /// <param name="data">The elements, row-major and little-endian; not copied.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> does not have the length that type and shape need.</exception>
    public NamedTensor(string name, TensorType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
        : this(name, type, [.. shape ?? throw new ArgumentNullException(nameof(shape))], data, source: null)
    {
    }

    // Keeps the array: readers of files with very many tensors do not copy each shape.
    private NamedTensor(string name, TensorType type, long[] shape, ReadOnlyMemory<byte> data, string? source)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (type.Bytes(shape) != data.Length)
        {
            throw new ArgumentException(
                $"{data.Length} bytes do not hold {type} elements of shape {TensorTypes.Print(shape)}", nameof(data));
        }

        Name = name;
        Type = type;
        _shape = shape;
        Data = data;
        Source = source;
    }

    /// <summary>The name; unique within a file.</summary>
    public string Name { get; }

    /// <summary>The element type.</summary>
    public TensorType Type { get; }

    /// <summary>Sizes of the dimensions, outermost first; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape => _shape;

    /// <summary>The elements, row-major and little-endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The file that the tensor was read from, for messages; null for one made in memory.</summary>
    internal string? Source { get; }

    /// <summary>Copies a matrix as 32-bit floats of shape [rows, columns].</summary>
    public static NamedTensor FromMatrix(string name, Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var data = new byte[checked((long)matrix.Rows * matrix.Columns * sizeof(float))];
        for (var row = 0; row < matrix.Rows; row++)
        {
            TensorElements.Store(matrix.Row(row), data.AsSpan(row * matrix.Columns * sizeof(float)));
        }

        return new NamedTensor(name, TensorType.Float32, [matrix.Rows, matrix.Columns], data);
    }

    /// <summary>Copies 32-bit floats.</summary>
    /// <param name="name">The name.</param>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The shape; a vector when none is given.</param>
    /// <exception cref="ArgumentException">The values do not fill the shape.</exception>
    public static NamedTensor FromVector(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var data = new byte[checked((long)values.Length * sizeof(float))];
        TensorElements.Store(values, data);
        return new NamedTensor(name, TensorType.Float32, shape.Length == 0 ? [values.Length] : shape, data);
    }

    /// <summary>Copies a vector of 64-bit floats.</summary>
    public static NamedTensor FromDoubles(string name, ReadOnlySpan<double> values)
    {
        var data = new byte[checked((long)values.Length * sizeof(double))];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(i * sizeof(double)), values[i]);
        }

        return new NamedTensor(name, TensorType.Float64, [values.Length], data);
    }

    /// <summary>Copies a vector of 64-bit integers.</summary>
    public static NamedTensor FromInt64s(string name, ReadOnlySpan<long> values)
    {
        var data = new byte[checked((long)values.Length * sizeof(long))];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(i * sizeof(long)), values[i]);
        }

        return new NamedTensor(name, TensorType.Int64, [values.Length], data);
    }

    /// <summary>The elements as a matrix, converted from any float type (64-bit floats are rounded).</summary>
    /// <exception cref="InvalidFileException">The tensor does not have two dimensions, or does not hold floats.</exception>
    public Matrix ToMatrix()
    {
        if (_shape.Length != 2 || _shape[0] > int.MaxValue || _shape[1] > int.MaxValue)
        {
            throw Wrong($"has shape {TensorTypes.Print(_shape)} where a matrix is needed");
        }

        RequireFloats();
        var matrix = new Matrix((int)_shape[0], (int)_shape[1]);
        TensorElements.Load(Type, Data.Span, matrix.AsSpan());
        return matrix;
    }

    /// <summary>The elements, row-major, converted from any float type (64-bit floats are rounded).</summary>
    /// <exception cref="InvalidFileException">The tensor does not hold floats.</exception>
    public float[] ToSingles()
    {
        RequireFloats();
        var result = new float[Data.Length / Type.Size()];
        TensorElements.Load(Type, Data.Span, result);
        return result;
    }

    /// <summary>The elements, row-major, converted from any float type.</summary>
    /// <exception cref="InvalidFileException">The tensor does not hold floats.</exception>
    public double[] ToDoubles()
    {
        RequireFloats();
        var result = new double[Data.Length / Type.Size()];
        TensorElements.Load(Type, Data.Span, result);
        return result;
    }

    /// <summary>The elements, row-major, converted from any integer type or from booleans.</summary>
    /// <exception cref="InvalidFileException">The tensor holds floats, or an unsigned value above 63 bits.</exception>
    public long[] ToInt64s()
    {
        if (Type.IsFloat())
        {
            throw Wrong($"holds {Type} where integers are needed");
        }

        var result = new long[Data.Length / Type.Size()];
        TensorElements.Load(Type, Data.Span, result);
        return Type == TensorType.UInt64 && result.Any(value => value < 0)
            ? throw Wrong("holds an integer above 9223372036854775807")
            : result;
    }

    internal static NamedTensor Own(
        string name, TensorType type, long[] shape, ReadOnlyMemory<byte> data, string source) =>
        new(name, type, shape, data, source);

    internal Exception Wrong(string reason) => Source is null
        ? new InvalidFileException("(in memory)", $"tensor '{Name}' {reason}")
        : new InvalidFileException(Source, $"tensor '{Name}' {reason}");

    private void RequireFloats()
    {
        if (!Type.IsFloat())
        {
            throw Wrong($"holds {Type} where floats are needed");
        }
    }
}
