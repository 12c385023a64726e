using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Numpy;

/// <summary>Reads and writes NumPy's array files, .npy (versions 1 to 3; numpy/lib/format.py).</summary>
internal static class NumpyFile
{
    /// <summary>Reads one array. Big-endian elements and column-major order are converted.</summary>
    /// <returns>The array under the file's name without its extension.</returns>
    /// <exception cref="InvalidFileException">
    /// The file is missing or damaged, or holds something else than booleans, integers or floats.
    /// </exception>
    public static NamedTensor Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path, Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>Writes one array with the bytes that NumPy itself would write.</summary>
    /// <param name="path">The file to create or replace, as <see cref="AtomicFile"/> does.</param>
    /// <param name="tensor">The array; its name is not stored.</param>
    /// <exception cref="ArgumentException">The elements are bfloat16, which NumPy does not have.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, NamedTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var header = NumpyHeader.Format(tensor);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            stream.Write(tensor.Data.Span);
        });
    }

    /// <summary>Writes 32-bit floats [rows, width] block by block: the array need not fit into memory.</summary>
    /// <param name="path">The file to create or replace, as <see cref="AtomicFile"/> does.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="width">Values in a row.</param>
    /// <param name="write">Appends all the rows; if it throws, <paramref name="path"/> stays as it was.</param>
    /// <exception cref="ArgumentException">A block has another width, or there are more or fewer rows.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteRows(string path, long rows, int width, Action<NumpyRowWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(NumpyHeader.Format(NumpyType.Single, [rows, width]));
            var writer = new NumpyRowWriter(stream, rows, width);
            write(writer);
            writer.RequireComplete();
        });
    }

    internal static NamedTensor Read(Stream stream, string path, string name)
    {
        var header = NumpyHeader.Read(stream, path);
        var data = NumpyElements.Read(stream, path, header);
        return NamedTensor.Own(name, header.Type, header.Shape, data, path);
    }

    /// <summary>Reads an array that is already in memory, without copying its elements where they can stay.</summary>
    internal static NamedTensor Read(byte[] content, string path, string name)
    {
        using var stream = new MemoryStream(content, writable: false);
        var header = NumpyHeader.Read(stream, path);
        var data = header is { BigEndian: false, FortranOrder: false }
            ? content.AsMemory((int)stream.Position)
            : NumpyElements.Read(stream, path, header);
        return NamedTensor.Own(name, header.Type, header.Shape, data, path);
    }
}
