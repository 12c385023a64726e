using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Parquet;
using Parquet.Schema;

namespace Husai.Columnar.Tests;

/// <summary>Writes tables as other programs do, with the packages themselves.</summary>
internal static class TableFiles
{
    public static async Task WriteTexts(string path, string column, params string?[][] groups)
    {
        var schema = new ParquetSchema(new DataField<int>("number"), new DataField(column, typeof(string), isNullable: true));
        using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        foreach (var texts in groups)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], new ReadOnlyMemory<int>([.. Enumerable.Range(0, texts.Length)]));
            await group.WriteAsync(schema.DataFields[1], (IReadOnlyCollection<string>)texts!);
        }
    }

    /// <summary>Writes lists of numbers of the width given; the last of a group is shorter where that is asked for.</summary>
    public static async Task WriteLists(string path, int[] groups, int width, bool isUneven = false)
    {
        var schema = new ParquetSchema(
            new DataField<int>("number"), new ListField("activations", new DataField("element", typeof(float), isNullable: false)));
        using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream);
        var (field, first) = (schema.DataFields[1], 0);
        foreach (var rows in groups)
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(schema.DataFields[0], new ReadOnlyMemory<int>([.. Enumerable.Range(0, rows)]));
            var values = Enumerable.Range(first * width, rows * width - (isUneven ? 1 : 0)).Select(index => index / 4f).ToArray();
            var repetitions = values.Select((_, index) => index % width == 0 ? 0 : 1).ToArray();
            var definitions = values.Select(_ => field.MaxDefinitionLevel).ToArray();
            await group.WriteAllPartsAsync<float>(field, values, definitions, repetitions, default);
            first += rows;
        }
    }

    /// <summary>Writes contexts of rows with their token ids, as a cache of activations: lists of lists.</summary>
    public static void WriteContexts(string path, int firstContext, int[] batches, int length, int width, bool isFile = false)
    {
        var schema = new Schema.Builder()
            .Field(new Apache.Arrow.Field("blocks.0.hook_resid_post", new ListType(new ListType(FloatType.Default)), nullable: true))
            .Field(new Apache.Arrow.Field(
                "token_ids", new FixedSizeListType(new Apache.Arrow.Field("item", Int32Type.Default, nullable: false), length),
                nullable: true))
            .Build();
        using var stream = File.Create(path);
        using var writer = isFile ? new ArrowFileWriter(stream, schema) : new ArrowStreamWriter(stream, schema);
        foreach (var contexts in batches)
        {
            var rows = new ListArray.Builder(new ListType(FloatType.Default));
            var row = (ListArray.Builder)rows.ValueBuilder;
            var value = (FloatArray.Builder)row.ValueBuilder;
            var ids = new FixedSizeListArray.Builder(Int32Type.Default, length);
            for (var context = firstContext; context < firstContext + contexts; context++)
            {
                rows.Append();
                ids.Append();
                for (var position = 0; position < length; position++)
                {
                    row.Append();
                    value.AppendRange(Enumerable.Range((context * length + position) * width, width).Select(index => index / 4f));
                    ((Int32Array.Builder)ids.ValueBuilder).Append(context * length + position);
                }
            }

            firstContext += contexts;
            using var batch = new RecordBatch(schema, [rows.Build(), ids.Build()], contexts);
            writer.WriteRecordBatch(batch);
        }

        writer.WriteEnd();
    }
}
