namespace Husai.Formats;

/// <summary>
/// Reads and writes safetensors files: <c>uint64 header length | JSON header | data</c>, the format in which trained
/// weights are exchanged (huggingface/safetensors).
/// </summary>
public static class Safetensors
{
    internal const string MetadataName = "__metadata__";

    /// <summary>Reads all tensors of a file.</summary>
    /// <remarks>
    /// Refuses whatever the reference implementation refuses, and duplicate names, unknown fields, headers above 8 MiB, more than
    /// 100,000 tensors or 64 dimensions. Allocates little more than the file's own length, whatever the header claims.
    /// </remarks>
    /// <exception cref="InvalidFileException">The file is missing, damaged, or holds an unsupported element type.</exception>
    public static TensorFile Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads some of a file's tensors; the bytes of the others are left on the disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The tensors to read; those that the file does not hold are passed over.</param>
    /// <exception cref="InvalidFileException">The file is missing, damaged, or a tensor read holds an unsupported element type.</exception>
    public static TensorFile Read(string path, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var stream = InputFile.Open(path);
        return Read(stream, path, names);
    }

    /// <summary>Writes tensors and metadata. The same content gives the same bytes, in whatever order it is given.</summary>
    /// <param name="path">The file to create or replace, as <see cref="AtomicFile"/> does.</param>
    /// <param name="tensors">The tensors; their names must differ.</param>
    /// <param name="metadata">Text to carry along, or null. PyTorch loaders expect <c>format: pt</c>.</param>
    /// <exception cref="ArgumentException">Two tensors share a name, or one has the reserved name <c>__metadata__</c>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(
        string path, IEnumerable<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var writer = new SafetensorsWriter(tensors, metadata);
        AtomicFile.Write(path, writer.Write);
    }

    internal static TensorFile Read(Stream stream, string path, IReadOnlyCollection<string>? names = null)
    {
        var header = SafetensorsHeader.Read(stream, path);
        var tensors = new Dictionary<string, NamedTensor>(header.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in header.Entries)
        {
            if (names is not null && !names.Contains(entry.Name))
            {
                stream.Seek(entry.Length, SeekOrigin.Current);
                continue;
            }

            var data = InputFile.ReadBytes(stream, path, entry.Length);
            tensors.Add(entry.Name, NamedTensor.Own(entry.Name, entry.Type, entry.Shape, data, path));
        }

        return new TensorFile(path, tensors, header.Metadata);
    }
}
