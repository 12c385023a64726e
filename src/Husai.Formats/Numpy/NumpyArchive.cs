using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Formats.Zip;

namespace Husai.Formats.Numpy;

/// <summary>Reads and writes NumPy's archives of named arrays, .npz: zip files of .npy files.</summary>
internal static class NumpyArchive
{
    private const string Extension = ".npy";
    private const long Slack = 64L << 20;

    /// <summary>Reads all arrays of an archive, stored or deflated.</summary>
    /// <remarks>
    /// Arrays that would inflate to more than eight times the archive's length and 64 MiB are refused: no weights or activations do.
    /// </remarks>
    /// <exception cref="InvalidFileException">The file is missing or damaged, or holds something else than such arrays.</exception>
    public static TensorFile Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>Reads some of an archive's arrays; the others are left on the disk, whatever they hold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">The arrays to read; those that the archive does not hold are passed over.</param>
    /// <exception cref="InvalidFileException">The file is missing or damaged, or an array read is of a type that is not
    /// supported.</exception>
    public static TensorFile Read(string path, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var stream = InputFile.Open(path);
        return Read(stream, path, names);
    }

    /// <summary>The names of an archive's arrays, in the order of the archive; members that are no arrays are passed over.</summary>
    /// <exception cref="InvalidFileException">The file is missing or has no readable directory.</exception>
    public static IReadOnlyList<string> ReadNames(string path)
    {
        using var stream = InputFile.Open(path);
        return [.. ZipDirectory.Read(stream, path).Where(member => NameOf(member) is not null).Select(member => NameOf(member)!)];
    }

    /// <summary>Writes arrays, uncompressed, in the order of their names. The same arrays give the same bytes.</summary>
    /// <param name="path">The file to create or replace, as <see cref="AtomicFile"/> does.</param>
    /// <param name="tensors">The arrays; their names must differ.</param>
    /// <exception cref="ArgumentException">Two arrays share a name, or one holds bfloat16, which NumPy does not have.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<NamedTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).ToList();
        var headers = ordered.ConvertAll(NumpyHeader.Format);
        if (ordered.Select(tensor => tensor.Name).Distinct().Count() != ordered.Count)
        {
            throw new ArgumentException("two arrays share a name", nameof(tensors));
        }

        AtomicFile.Write(path, stream =>
        {
            var zip = new ZipWriter(stream);
            foreach (var (header, tensor) in headers.Zip(ordered))
            {
                zip.Add(tensor.Name + Extension, 1, header, tensor.Data);
            }

            zip.Finish();
        });
    }

    internal static TensorFile Read(Stream stream, string path, IReadOnlyCollection<string>? names = null)
    {
        var members = ZipDirectory.Read(stream, path);
        if (names is not null)
        {
            members = [.. members.Where(member => NameOf(member) is { } name && names.Contains(name))];
        }

        CheckTotal(members, stream.Length, path);
        var tensors = new Dictionary<string, NamedTensor>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            var name = NameOf(member)
                ?? throw new InvalidFileException(path, $"holds '{member.Name}', which is not an array ({Extension})");
            var content = ZipContent.Read(stream, path, member);
            try
            {
                tensors.Add(name, NumpyFile.Read(content, path, name));
            }
            catch (InvalidFileException error)
            {
                throw new InvalidFileException(path, $"member '{member.Name}' {error.Reason}", error);
            }
        }

        return new TensorFile(path, tensors);
    }

    private static string? NameOf(ZipMember member) =>
        member.Name.EndsWith(Extension, StringComparison.Ordinal) ? member.Name[..^Extension.Length] : null;

    private static void CheckTotal(IReadOnlyList<ZipMember> members, long fileLength, string path)
    {
        var compressed = members.Any(member => member.Method != ZipMember.Stored);
        var allowed = (compressed ? 8 * fileLength : fileLength) + Slack;
        foreach (var member in members)
        {
            allowed -= Math.Min(member.Length, allowed + 1);
            if (allowed < 0)
            {
                throw new InvalidFileException(
                    path, "claims far more data than its length can hold; if it is genuine, save it with numpy.savez");
            }
        }
    }
}
