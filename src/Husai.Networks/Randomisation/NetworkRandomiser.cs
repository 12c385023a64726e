using System.Globalization;
using Husai.Formats.Files;
using Husai.Formats.Protobuf;
using Husai.Networks.Onnx;
using Husai.Numerics.Randomness;

namespace Husai.Networks.Randomisation;

/// <summary>
/// Makes a copy of a network that has learnt nothing: the elements of every weight tensor are permuted within it, so that each keeps its
/// distribution (Heap et al. 2025, "Sparse autoencoders can interpret randomly initialized transformers").
/// </summary>
internal static class NetworkRandomiser
{
    // Sizes of the elements that weights have, by ONNX's number of their type: integers of 64 bits are shapes and indices.
    private static readonly Dictionary<int, int> ElementSizes = new() { [1] = 4, [2] = 1, [3] = 1, [10] = 2, [11] = 8, [16] = 2 };

    /// <summary>Permutes the weights.</summary>
    /// <param name="file">The network.</param>
    /// <param name="seed">Seed of the permutations.</param>
    /// <param name="kept">Weights that stay.</param>
    /// <param name="permuted">Number of weight tensors that were permuted.</param>
    /// <returns>The bytes of a model that has all its weights within.</returns>
    /// <exception cref="InvalidFileException">A weight is damaged, or the model would have more than 2 GB.</exception>
    public static byte[] Randomise(OnnxFile file, ulong seed, KeptWeights kept, out int permuted)
    {
        ArgumentNullException.ThrowIfNull(file);
        var stay = NamesOf(file.Graph, kept);
        var count = 0;
        try
        {
            var model = OnnxRewriter.WithWeights(file.Bytes, weight => Permuted(file, weight, seed, stay, ref count));
            permuted = count;
            return model;
        }
        catch (Exception error) when (error is OverflowException or OutOfMemoryException)
        {
            throw new InvalidFileException(file.Path, "has more than 2 GB of weights, which one file cannot hold", error);
        }
    }

    private static HashSet<string> NamesOf(OnnxGraph graph, KeptWeights kept)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes)
        {
            if (kept.HasFlag(KeptWeights.Embeddings) && node.Operator == "Gather")
            {
                names.Add(node.Inputs[0]);
            }

            if (kept.HasFlag(KeptWeights.Norms))
            {
                names.UnionWith(node.Inputs.Where(input => graph.Weights.ContainsKey(input)
                    && (node.Operator.Contains("Norm", StringComparison.Ordinal) || IsOfNorm(input))));
            }
        }

        return names;
    }

    private static bool IsOfNorm(string name) => name.Contains("norm", StringComparison.OrdinalIgnoreCase)
        || name.Contains(".ln_", StringComparison.Ordinal);

    private static ProtobufMessage? Permuted(
        OnnxFile file, ReadOnlySpan<byte> weight, ulong seed, HashSet<string> stay, ref int count)
    {
        var (name, type, raw) = ("", 0, (byte[]?)null);
        var (hasOther, external) = (false, new Dictionary<string, string>(StringComparer.Ordinal));
        var fields = new ProtobufReader(weight);
        while (fields.Next())
        {
            switch (fields.Field)
            {
                case OnnxFields.TensorName:
                    name = fields.Text;
                    break;
                case OnnxFields.TensorType:
                    type = (int)fields.Number;
                    break;
                case OnnxFields.TensorRawBytes or OnnxFields.TensorFloats or OnnxFields.TensorDoubles:
                    // Packed floats and doubles have the same bytes as raw ones.
                    raw = fields.Bytes.ToArray();
                    break;
                case OnnxFields.TensorIntegers:
                    hasOther = true;
                    break;
                case OnnxFields.TensorExternal:
                    var (key, value) = Entry(fields.Bytes);
                    external[key] = value;
                    break;
                default:
                    break;
            }
        }

        raw = external.Count > 0 ? ReadExternal(file, external) : raw;
        var isWeight = ElementSizes.TryGetValue(type, out var size) && !stay.Contains(name) && raw is not null && raw.Length > size;
        if (isWeight && (hasOther || raw!.Length % size != 0))
        {
            throw new InvalidFileException(file.Path, $"keeps the weight '{name}' in a form that cannot be permuted");
        }

        if (!isWeight && external.Count == 0)
        {
            return null;
        }

        count += isWeight ? 1 : 0;
        return Rebuilt(weight, isWeight ? Permute(raw!, size, new RandomStream(seed, "network.randomise:" + name)) : raw!);
    }

    // All fields but those of the elements, and the elements.
    private static ProtobufMessage Rebuilt(ReadOnlySpan<byte> weight, byte[] elements)
    {
        var message = new ProtobufMessage();
        var fields = new ProtobufReader(weight);
        while (fields.Next())
        {
            if (fields.Field is not (OnnxFields.TensorRawBytes or OnnxFields.TensorFloats or OnnxFields.TensorDoubles
                or OnnxFields.TensorExternal or OnnxFields.TensorPlace))
            {
                message.AddWhole(fields.Whole);
            }
        }

        return message.AddBytes(OnnxFields.TensorRawBytes, elements);
    }

    private static byte[] Permute(byte[] elements, int size, RandomStream stream)
    {
        var order = stream.Permutation(elements.Length / size);
        var permuted = new byte[elements.Length];
        for (var index = 0; index < order.Length; index++)
        {
            elements.AsSpan(order[index] * size, size).CopyTo(permuted.AsSpan(index * size, size));
        }

        return permuted;
    }

    private static (string Key, string Value) Entry(ReadOnlySpan<byte> entry)
    {
        var (key, value) = ("", "");
        var fields = new ProtobufReader(entry);
        while (fields.Next())
        {
            (key, value) = fields.Field switch
            {
                OnnxFields.EntryKey => (fields.Text, value),
                OnnxFields.EntryValue => (key, fields.Text),
                _ => (key, value),
            };
        }

        return (key, value);
    }

    private static byte[] ReadExternal(OnnxFile file, Dictionary<string, string> place)
    {
        var path = Path.Combine(file.Folder, place.GetValueOrDefault("location", ""));
        using var stream = InputFile.Open(path);
        long Number(string key, long otherwise) => !place.TryGetValue(key, out var text) ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var offset = Number("offset", 0);
        var length = Number("length", stream.Length - offset);
        if (offset < 0 || length < 0 || offset > stream.Length - length)
        {
            throw new InvalidFileException(path, $"has {stream.Length} bytes where {file.Path} expects weights behind them");
        }

        stream.Seek(offset, SeekOrigin.Begin);
        return InputFile.ReadBytes(stream, path, length);
    }
}
