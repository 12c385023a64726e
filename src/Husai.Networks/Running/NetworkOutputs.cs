using Husai.Formats.Files;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Husai.Networks.Running;

/// <summary>What a network computed for one batch.</summary>
internal sealed class NetworkOutputs : IDisposable
{
    private readonly string _path;
    private readonly IReadOnlyList<string> _names;
    private readonly IDisposableReadOnlyCollection<OrtValue> _values;

    // Values of half precision, which readers ask for again with every row.
    private readonly float[]?[] _converted;

    internal NetworkOutputs(string path, IReadOnlyList<string> names, IDisposableReadOnlyCollection<OrtValue> values) =>
        (_path, _names, _values, _converted) = (path, names, values, new float[names.Count][]);

    /// <summary>The shape of an output.</summary>
    /// <param name="output">Its number, in the order in which outputs were asked for.</param>
    public IReadOnlyList<long> Shape(int output) => _values[output].GetTensorTypeAndShape().Shape;

    /// <summary>Whether an output is a tensor of floats.</summary>
    /// <param name="output">Its number.</param>
    public bool IsFloats(int output) => _values[output].IsTensor && _values[output].GetTensorTypeAndShape().ElementDataType
        is TensorElementType.Float or TensorElementType.Float16 or TensorElementType.BFloat16;

    /// <summary>The elements of an output, row-major; valid until the outputs are disposed.</summary>
    /// <param name="output">Its number.</param>
    /// <exception cref="InvalidFileException">The output does not hold floats.</exception>
    public ReadOnlySpan<float> Values(int output)
    {
        var value = _values[output];
        switch (value.IsTensor ? value.GetTensorTypeAndShape().ElementDataType : TensorElementType.DataTypeMax)
        {
            case TensorElementType.Float:
                return value.GetTensorDataAsSpan<float>();
            case TensorElementType.Float16:
                return _converted[output] ??= Converted(
                    value.GetTensorDataAsSpan<Float16>(), element => (float)BitConverter.UInt16BitsToHalf(element.value));
            case TensorElementType.BFloat16:
                return _converted[output] ??= Converted(
                    value.GetTensorDataAsSpan<BFloat16>(), element => BitConverter.UInt32BitsToSingle((uint)element.value << 16));
            default:
                throw new InvalidFileException(_path, $"tensor '{_names[output]}' does not hold floats");
        }
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose() => _values.Dispose();

    private static float[] Converted<T>(ReadOnlySpan<T> elements, Func<T, float> convert)
    {
        var values = new float[elements.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = convert(elements[index]);
        }

        return values;
    }
}
