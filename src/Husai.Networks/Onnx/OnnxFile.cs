using Husai.Formats.Files;
using Husai.Formats.Protobuf;
using Husai.Formats.Tensors;

namespace Husai.Networks.Onnx;

/// <summary>A network in an ONNX file, and in the files beside it where its weights lie outside.</summary>
internal sealed class OnnxFile
{
    private readonly byte[] _bytes;
    private readonly Lazy<string> _hash;

    private OnnxFile(string path, byte[] bytes, OnnxGraph graph)
    {
        (Path, _bytes, Graph) = (path, bytes, graph);
        _hash = new Lazy<string>(HashAll);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>SHA-256 of the file; with weights outside it, of the hashes of all the files.</summary>
    public string Hash => _hash.Value;

    /// <summary>The folder of the file: weights outside it lie there.</summary>
    internal string Folder => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;

    internal OnnxGraph Graph { get; }

    /// <summary>The file's bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether weights lie outside the file.</summary>
    internal bool HasExternalWeights => ExternalFiles.Any();

    private IEnumerable<string> ExternalFiles => Graph.Weights.Values.Select(weight => weight.ExternalFile).OfType<string>()
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Reads a file; weights outside it are looked for, not read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidFileException">It is missing or damaged, or a file with its weights is.</exception>
    public static OnnxFile Read(string path)
    {
        using var stream = InputFile.Open(path);
        if (stream.Length > Array.MaxLength)
        {
            throw new InvalidFileException(
                path, $"has {stream.Length} bytes; ONNX files of more than 2 GB are saved with external data (save_as_external_data)");
        }

        var bytes = InputFile.ReadBytes(stream, path, stream.Length);
        try
        {
            var file = new OnnxFile(path, bytes, OnnxGraphReader.Read(bytes));
            foreach (var external in file.ExternalFiles)
            {
                using var weights = InputFile.Open(System.IO.Path.Combine(file.Folder, external));
            }

            return file;
        }
        catch (InvalidDataException error)
        {
            throw new InvalidFileException(path, "is no ONNX model, or a truncated one", error);
        }
    }

    /// <summary>
    /// The model's bytes with further tensors as outputs: a second <c>graph</c> field that holds nothing but them is appended, which
    /// every protobuf reader takes together with the first.
    /// </summary>
    /// <param name="outputs">Names of tensors; those that are outputs already need nothing.</param>
    internal byte[] WithOutputs(IEnumerable<string> outputs)
    {
        var graph = new ProtobufMessage();
        foreach (var output in outputs.Where(output => !Graph.Outputs.Contains(output)).Distinct(StringComparer.Ordinal))
        {
            graph.Add(OnnxFields.GraphOutput, new ProtobufMessage().Add(OnnxFields.ValueName, output));
        }

        return graph.Bytes.IsEmpty ? _bytes : [.. _bytes, .. new ProtobufMessage().Add(OnnxFields.ModelGraph, graph).Bytes];
    }

    private string HashAll()
    {
        var own = ContentHash.OfFile(Path);
        return HasExternalWeights
            ? ContentHash.OfText(string.Join('\n', ExternalFiles.Select(name => ContentHash.OfFile(System.IO.Path.Combine(Folder, name)))
                .Prepend(own)))
            : own;
    }
}
