using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Safetensors;

/// <summary>
/// Reads and writes safetensors files: <c>uint64 header length | JSON header | data</c>, the format in which trained
/// weights are exchanged (huggingface/safetensors).
/// </summary>
internal static class SafetensorsFile
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

    /// <summary>The names of a file's tensors; none of them is read.</summary>
    /// <exception cref="InvalidFileException">The file is missing or damaged.</exception>
    public static IReadOnlyList<string> ReadNames(string path)
    {
        using var stream = InputFile.Open(path);
        return [.. SafetensorsHeader.Read(stream, path).Entries.Select(entry => entry.Name)];
    }

    /// <summary>Reads one tensor as a matrix, without a second copy in memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="rows">Rows that it must have.</param>
    /// <param name="columns">Columns that it must have.</param>
    /// <exception cref="InvalidFileException">The file is missing or damaged, has no such tensor, or one of another shape or without
    /// floats.</exception>
    public static Matrix ReadMatrix(string path, string name, int rows, int columns)
    {
        var matrix = new Matrix(rows, columns);
        VisitRows(path, name, rows, columns, (row, values) => values.CopyTo(matrix.Row(row)));
        return matrix;
    }

    /// <summary>Sees one row of a matrix.</summary>
    /// <param name="row">Which, from 0 on.</param>
    /// <param name="values">Its elements; valid during the call.</param>
    public delegate void RowVisitor(int row, ReadOnlySpan<float> values);

    /// <summary>Reads one tensor as a matrix, one row in memory at a time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The tensor.</param>
    /// <param name="rows">Rows that it must have.</param>
    /// <param name="columns">Columns that it must have.</param>
    /// <param name="visit">Sees the rows, in order.</param>
    /// <exception cref="InvalidFileException">The file is missing or damaged, has no such tensor, or one of another shape or without
    /// floats.</exception>
    public static void VisitRows(string path, string name, int rows, int columns, RowVisitor visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        using var stream = InputFile.Open(path);
        var header = SafetensorsHeader.Read(stream, path);
        var entry = header.Entries.FirstOrDefault(entry => entry.Name == name);
        if (entry is null || !entry.Type.IsFloat() || !entry.Shape.SequenceEqual([rows, columns]))
        {
            // Says what is wrong.
            _ = Read(path, [name]).Require(name, rows, columns).ToMatrix();
            return;
        }

        stream.Seek(header.DataStart + (long)entry.Begin, SeekOrigin.Begin);
        var bytes = new byte[checked(columns * entry.Type.Size())];
        var values = new float[columns];
        for (var row = 0; row < rows; row++)
        {
            InputFile.ReadBytes(stream, path, bytes);
            TensorElements.Load(entry.Type, bytes, values);
            visit(row, values);
        }
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
