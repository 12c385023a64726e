using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Husai.Formats.Files;

namespace Husai.Columnar;

/// <summary>An Arrow file, of the streaming or the file format, read a record batch at a time.</summary>
internal static class ArrowTable
{
    private const string TokenColumn = "token_ids";
    private static readonly byte[] FileMark = [.. "ARROW1"u8];

    /// <summary>The rows of the only column that holds lists of floats.</summary>
    public static IEnumerable<TableRows> ReadRows(string path)
    {
        using var stream = InputFile.Open(path);
        var mark = new byte[FileMark.Length];
        var isFile = stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length
            && mark.AsSpan().SequenceEqual(FileMark);
        stream.Position = 0;
        using var reader = PackageErrors.Translate(
            path, () => isFile ? new ArrowFileReader(stream, leaveOpen: true) : new ArrowStreamReader(stream, leaveOpen: true));
        var (rows, tokens) = PackageErrors.Translate(path, () => ColumnsOf(reader.Schema, path));
        while (PackageErrors.Translate(path, reader.ReadNextRecordBatch) is { } batch)
        {
            using (batch)
            {
                if (batch.Length > 0)
                {
                    yield return PackageErrors.Translate(path, () => RowsOf(batch, rows, tokens, path));
                }
            }
        }
    }

    private static (int Rows, int? Tokens) ColumnsOf(Schema schema, string path)
    {
        int[] rows = [.. Enumerable.Range(0, schema.FieldsList.Count).Where(column => IsListOfFloats(schema.FieldsList[column].DataType))];
        var tokens = schema.FieldsList.ToList().FindIndex(field => field.Name == TokenColumn);
        return rows is [var only] ? (only, tokens >= 0 ? tokens : null) : throw new InvalidFileException(
            path, $"has {rows.Length} columns of lists of floats where one is needed, with lists of the same length");
    }

    private static bool IsListOfFloats(IArrowType type) => Storage(type) switch
    {
        ListType list => IsFloats(list.ValueDataType) || IsListOfFloats(list.ValueDataType),
        FixedSizeListType list => IsFloats(list.ValueDataType) || IsListOfFloats(list.ValueDataType),
        _ => false,
    };

    private static bool IsFloats(IArrowType type) => type.TypeId is ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.HalfFloat;

    // Arrays of two dimensions are a type of their own that is stored as lists.
    private static IArrowType Storage(IArrowType type) => type is ExtensionType extension ? extension.StorageType : type;

    private static TableRows RowsOf(RecordBatch batch, int rows, int? tokens, string path)
    {
        var values = NestedLists.ToMatrix(batch.Column(rows), path);
        var perRecord = values.Rows / batch.Length;
        var ids = tokens is { } column ? NestedLists.ToInt32s(batch.Column(column), path) : null;
        return ids is null || ids.Length == values.Rows
            ? new TableRows(values, perRecord, ids)
            : throw new InvalidFileException(path, $"has {ids.Length} token ids for {values.Rows} rows of activations");
    }
}
