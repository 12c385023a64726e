using Husai.Formats.Files;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Husai.Networks.Running;

/// <summary>What a network must be given: which of its inputs take ids, mask, types and positions, and which stay empty.</summary>
internal sealed class NetworkInputs
{
    private const string Understood =
        "understood are input_ids, attention_mask, token_type_ids and position_ids of int64 or int32, and past keys and values that may be "
        + "empty";

    private readonly List<(string Name, TensorElementType Type, Func<TokenBatch, (long[] Values, long[] Shape)> Fill)> _inputs = [];

    /// <summary>Looks at the inputs of a session.</summary>
    /// <param name="path">The model's file, for messages.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="given">Inputs that the caller fills.</param>
    /// <exception cref="InvalidFileException">An input is not understood.</exception>
    public NetworkInputs(string path, IReadOnlyDictionary<string, NodeMetadata> inputs, params IReadOnlyList<string> given)
    {
        foreach (var (name, input) in inputs.Where(input => !given.Contains(input.Key)))
        {
            _inputs.Add(input.IsTensor && Fill(name, input) is { } fill
                ? (name, input.ElementDataType, fill)
                : throw new InvalidFileException(path, $"has the input '{name}' ({Print(input)}), which is not understood; {Understood}"));
        }

        if (!inputs.ContainsKey(TokenInput))
        {
            throw new InvalidFileException(path, $"has no input '{TokenInput}': it does not read tokens");
        }
    }

    /// <summary>The input that takes token ids.</summary>
    public const string TokenInput = "input_ids";

    /// <summary>The tensors for a batch; the caller disposes them.</summary>
    public Dictionary<string, OrtValue> Of(TokenBatch batch)
    {
        var values = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
        foreach (var (name, type, fill) in _inputs)
        {
            var (elements, shape) = fill(batch);
            values[name] = type switch
            {
                TensorElementType.Int64 => OrtValue.CreateTensorValueFromMemory(elements, shape),
                TensorElementType.Int32 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(elements, value => (int)value), shape),
                TensorElementType.Float16 => OrtValue.CreateTensorValueFromMemory(Array.Empty<Float16>(), shape),
                _ => OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), shape),
            };
        }

        return values;
    }

    private static Func<TokenBatch, (long[], long[])>? Fill(string name, NodeMetadata input)
    {
        var isWhole = input.ElementDataType is TensorElementType.Int64 or TensorElementType.Int32 && input.Dimensions.Length == 2;
        return name switch
        {
            TokenInput when isWhole => batch => (batch.Ids, [batch.Sequences, batch.Length]),
            "attention_mask" when isWhole => batch => (batch.Mask, [batch.Sequences, batch.Length]),
            "token_type_ids" when isWhole => batch => (new long[batch.Ids.Length], [batch.Sequences, batch.Length]),
            "position_ids" when isWhole => batch =>
                ([.. Enumerable.Range(0, batch.Ids.Length).Select(index => (long)(index % batch.Length))], [batch.Sequences, batch.Length]),
            _ when IsEmptyPast(name, input) => batch => ([], [batch.Sequences, input.Dimensions[1], 0, input.Dimensions[3]]),
            _ => null,
        };
    }

    // Keys and values of the tokens before: [batch, heads, tokens, width], of which there are none.
    private static bool IsEmptyPast(string name, NodeMetadata input) =>
        name.Contains("past", StringComparison.Ordinal) && input.ElementDataType is TensorElementType.Float or TensorElementType.Float16
            && input.Dimensions is [_, > 0, < 0, > 0];

    private static string Print(NodeMetadata input) => input.IsTensor
        ? $"{input.ElementDataType} [{string.Join(", ", input.Dimensions.Zip(input.SymbolicDimensions, (size, symbol) =>
            size < 0 ? symbol.Length == 0 ? "?" : symbol : $"{size}"))}]"
        : $"{input.OnnxValueType}";
}
