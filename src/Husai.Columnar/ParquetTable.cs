using Husai.Formats.Files;
using Husai.Numerics.Matrices;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace Husai.Columnar;

/// <summary>A .parquet file, read a row group at a time.</summary>
internal static class ParquetTable
{
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(30);

    /// <summary>The texts of a column, in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="InvalidFileException">The file is missing or damaged, or has no such column of texts.</exception>
    public static IEnumerable<string> ReadTexts(string path, string column)
    {
        using var stream = InputFile.Open(path);
        var reader = Open(stream, path);
        try
        {
            var field = PackageErrors.Translate(path, () => TextField(reader, path, column));
            var row = 0L;
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                foreach (var text in PackageErrors.Translate(path, () => TextsOf(reader, group, field)))
                {
                    yield return text ?? throw new InvalidFileException(path, $"row {row} has no text in the column '{column}'");
                    row++;
                }
            }
        }
        finally
        {
            Wait(reader.DisposeAsync());
        }
    }

    /// <summary>The rows of the only column that holds lists of floats.</summary>
    internal static IEnumerable<TableRows> ReadRows(string path)
    {
        using var stream = InputFile.Open(path);
        var reader = Open(stream, path);
        try
        {
            var field = PackageErrors.Translate(path, () => RowField(reader, path));
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                if (PackageErrors.Translate(path, () => RowsOf(reader, group, field, path)) is { } rows)
                {
                    yield return new TableRows(rows, 1, null);
                }
            }
        }
        finally
        {
            Wait(reader.DisposeAsync());
        }
    }

    // On a footer that is damaged the package may count for hours: it is left alone then, on a thread that ends with the process.
    private static ParquetReader Open(FileStream stream, string path)
    {
        var opening = Task.Run(() => ParquetReader.CreateAsync(new FiniteStream(stream), leaveStreamOpen: true));
        return PackageErrors.Translate(path, () => opening.Wait(LongestOpening) ? opening.Result
            : throw new InvalidFileException(path, "is damaged: its footer cannot be read"));
    }

    private static DataField TextField(ParquetReader reader, string path, string column) =>
        reader.Schema.DataFields.FirstOrDefault(field => field.Path.ToString() == column) is { } found && IsText(found)
            ? found
            : throw new InvalidFileException(
                path, $"has no column of texts '{column}'; it has {string.Join(", ", reader.Schema.Fields.Select(field => field.Name))}");

    private static bool IsText(DataField field) =>
        field.MaxRepetitionLevel == 0 && (field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>));

    private static DataField RowField(ParquetReader reader, string path)
    {
        var fields = reader.Schema.DataFields.Where(
            field => field.MaxRepetitionLevel == 1 && (field.ClrType == typeof(float) || field.ClrType == typeof(double))).ToList();
        return fields is [var only] ? only : throw new InvalidFileException(
            path, $"has {fields.Count} columns of lists of floats where one is needed, with a list of the same length in each row");
    }

    private static string?[] TextsOf(ParquetReader reader, int group, DataField field)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var texts = new string?[checked((int)rows.RowCount)];
        Wait(rows.ReadAsync(field, texts.AsMemory()!));
        return texts;
    }

    private static Matrix? RowsOf(ParquetReader reader, int group, DataField field, string path)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var count = checked((int)rows.RowCount);
        using var column = rows.ReadRawColumnDataBaseAsync(field).AsTask().GetAwaiter().GetResult();
        var length = column is RawColumnData<float> floats ? floats.Values.Length : ((RawColumnData<double>)column).Values.Length;
        if (count == 0)
        {
            return null;
        }

        // A value that is missing has levels but is not among the values; a list begins at repetition level 0.
        var width = length / count;
        var levels = column.RepetitionLevels;
        var isEven = width > 0 && width * count == length && levels.Length == length;
        for (var index = 0; isEven && index < length; index++)
        {
            isEven = levels[index] == 0 == (index % width == 0);
        }

        if (!isEven)
        {
            throw new InvalidFileException(path, $"has lists of different lengths or without values in the column '{field.Path}'");
        }

        var values = new Matrix(count, width);
        if (column is RawColumnData<float> singles)
        {
            singles.Values.CopyTo(values.AsSpan());
            return values;
        }

        var doubles = ((RawColumnData<double>)column).Values;
        for (var index = 0; index < length; index++)
        {
            values.AsSpan()[index] = (float)doubles[index];
        }

        return values;
    }

    private static void Wait(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
