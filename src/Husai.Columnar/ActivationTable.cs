using Husai.Formats.Files;

namespace Husai.Columnar;

/// <summary>
/// Activations in tables of other programs: .parquet files, Arrow files, and folders of them, such as the cached activations of SAELens, a
/// data set of Hugging Face. The rows are in the one column that holds lists of floats, or lists of lists.
/// </summary>
internal sealed class ActivationTable
{
    private const string Arrow = ".arrow";
    private const string Parquet = ".parquet";

    private ActivationTable(string path, IReadOnlyList<string> files) => (Path, Files) = (path, files);

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>The files, in the order in which their rows follow each other.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Whether a path is a table, or a folder of some.</summary>
    public static bool IsOne(string path) => IsTable(path)
        || (Directory.Exists(path) && (DatasetFolder.IsOne(path) || Directory.EnumerateFiles(path).Any(IsTable)));

    /// <summary>Finds the files of a table; they are read later.</summary>
    /// <param name="path">A file or folder.</param>
    /// <exception cref="InvalidFileException">It is none, or its list of files is damaged.</exception>
    public static ActivationTable Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!Directory.Exists(path))
        {
            return new ActivationTable(path, [path]);
        }

        var files = DatasetFolder.IsOne(path) ? DatasetFolder.FilesOf(path)
            : [.. Directory.EnumerateFiles(path).Where(IsTable).Order(StringComparer.Ordinal)];
        return files.Count > 0 ? new ActivationTable(path, files)
            : throw new InvalidFileException(path, $"holds no {Arrow} or {Parquet} files");
    }

    /// <summary>Reads the rows from front to back, some at a time.</summary>
    /// <exception cref="InvalidFileException">A file is missing or damaged, or does not hold activations.</exception>
    public IEnumerable<TableRows> Read()
    {
        var width = 0;
        foreach (var file in Files)
        {
            var pieces = System.IO.Path.GetExtension(file).Equals(Parquet, StringComparison.OrdinalIgnoreCase)
                ? ParquetTable.ReadRows(file) : ArrowTable.ReadRows(file);
            foreach (var piece in pieces)
            {
                if (width != 0 && piece.Values.Columns != width)
                {
                    throw new InvalidFileException(file, $"has rows of width {piece.Values.Columns} after rows of width {width}");
                }

                width = piece.Values.Columns;
                yield return piece;
            }
        }
    }

    private static bool IsTable(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() is ".ARROW" or ".PARQUET";
}
