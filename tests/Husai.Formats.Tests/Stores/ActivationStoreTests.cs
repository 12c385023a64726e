using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tests.Stores;

public sealed class ActivationStoreTests : IDisposable
{
    private const int Width = 5;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StoreType.F32, 0)]
    [InlineData(StoreType.F16, 1.0 / 2048)]
    [InlineData(StoreType.Bf16, 1.0 / 256)]
    public void Rows_come_back_from_any_shard_in_any_order(StoreType type, double rounding)
    {
        var store = Write("store", 23, type);
        using var opened = ActivationStore.Open(store);

        Assert.Equal((23, Width, 3), (opened.Rows, opened.Width, opened.Shards));
        int[] chosen = [22, 0, 1, 2, 9, 10, 11, 12, 20, 21, 22, 5, 5, 4];
        var rows = new Matrix(chosen.Length, Width);
        opened.CopyTo(chosen, rows);
        for (var row = 0; row < chosen.Length; row++)
        {
            for (var column = 0; column < Width; column++)
            {
                var due = Value(chosen[row], column);
                Assert.InRange(Math.Abs(rows[row, column] - due), 0, Math.Abs(due) * rounding);
            }
        }

        Assert.Equal(new StoredToken(13, 3, 6, 1300, 3), opened.ReadTokens(1)[3]);
        Assert.Equal(["a", "b"], opened.ReadVocabulary());
        opened.Verify();
    }

    [Fact]
    public void The_mean_and_the_mean_norm_are_those_of_the_rows()
    {
        var description = StoreDescription.Read(Write("store", 23, StoreType.F32));
        for (var column = 0; column < Width; column++)
        {
            Assert.Equal(Enumerable.Range(0, 23).Average(row => (double)Value(row, column)), description.Mean![column], 1e-12);
        }

        static double Norm(int row) => Math.Sqrt(Enumerable.Range(0, Width).Sum(column => (double)Value(row, column) * Value(row, column)));
        Assert.Equal(Enumerable.Range(0, 23).Average(Norm), description.MeanNorm!.Value, 1e-12);
    }

    [Theory]
    [InlineData(1.0f, 0x3F80)]
    [InlineData(-2.5f, 0xC020)]
    [InlineData(1.00390625f, 0x3F80)]
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(1.0058594f, 0x3F81)]
    public void Brain_floats_are_rounded_to_the_nearest_ties_to_even(float value, int bits)
    {
        var stored = new byte[2];
        Assert.Equal(-1, Formats.Tensors.TensorElements.Store(Formats.Tensors.TensorType.BFloat16, [value], stored));
        Assert.Equal(bits, stored[0] | stored[1] << 8);
    }

    [Fact]
    public void What_a_type_cannot_hold_is_refused()
    {
        Assert.Contains("Float16 cannot hold", Assert.Throws<ArgumentException>(() => WriteValue(StoreType.F16, 70000)).Message);
        Assert.Contains("cannot hold", Assert.Throws<ArgumentException>(() => WriteValue(StoreType.Bf16, float.NaN)).Message);
        Assert.Contains("cannot hold", Assert.Throws<ArgumentException>(() => WriteValue(StoreType.F32, float.PositiveInfinity)).Message);
    }

    [Fact]
    public void Damage_is_told_of_in_one_line_with_the_name_of_the_shard()
    {
        var store = Write("store", 23, StoreType.F32);
        var other = Write("other", 23, StoreType.F32, "another corpus");
        var shard = Path.Combine(store, "shard-00001.safetensors");
        var whole = File.ReadAllBytes(shard);

        File.Delete(shard);
        Assert.Contains("shard-00001.safetensors: no such file", Problem(store));
        File.Copy(Path.Combine(other, "shard-00001.safetensors"), shard);
        Assert.Contains("shard-00001.safetensors: is a shard of another store", Problem(store));
        File.WriteAllBytes(shard, whole[..^8]);
        Assert.Contains("shard-00001.safetensors: describes", Problem(store));
        File.WriteAllBytes(shard, "nothing of the kind"u8);
        Assert.Contains("shard-00001.safetensors: claims a header", Problem(store));
        File.Copy(Path.Combine(store, "shard-00002.safetensors"), shard, overwrite: true);
        Assert.Contains("shard-00001.safetensors: holds 3 rows where 10 are due", Problem(store));
        whole[^1] ^= 1;
        File.WriteAllBytes(shard, whole);
        using var opened = ActivationStore.Open(store);
        Assert.Contains(
            "shard-00001.safetensors: is damaged: its hash is not that of store.json",
            Assert.Throws<InvalidFileException>(() => opened.Verify()).Message);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "is of version 2")]
    [InlineData("husai activation store", "something else", "describes no activation store")]
    [InlineData("\"width\": 5", "\"width\": 0", "contradicts itself")]
    [InlineData("\"rows\": 23", "\"rows\": 24", "do not add up")]
    [InlineData("shard-00001", "../shard-00001", "names a shard '../shard-00001.safetensors'")]
    [InlineData("\"type\": \"f32\"", "\"type\": \"f64\"", "is damaged")]
    [InlineData("}", "", "is damaged")]
    public void A_damaged_description_is_refused(string text, string instead, string reason)
    {
        var store = Write("store", 23, StoreType.F32);
        var path = Path.Combine(store, "store.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, instead, StringComparison.Ordinal));
        Assert.Contains(reason, Problem(store), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_is_cut_while_it_is_read_is_told_of()
    {
        var store = Write("store", 23, StoreType.F32);
        using var opened = ActivationStore.Open(store);
        using (var file = new FileStream(
            Path.Combine(store, "shard-00000.safetensors"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            file.SetLength(16);
        }

        Assert.Contains(
            "became shorter", Assert.Throws<InvalidFileException>(() => opened.CopyTo([1], new Matrix(1, Width))).Message);
    }

    [Fact]
    public void A_finished_store_is_not_written_to()
    {
        Write("store", 23, StoreType.F32);
        var writer = Begin("store", StoreType.F32, "text");
        Assert.True(writer.IsFinished);
        Assert.Throws<InvalidOperationException>(() => writer.Append(new float[Width], default));
        Assert.Throws<InvalidOperationException>(() => writer.Finish());
        Assert.Equal(23, StoreDescription.Read(_folder.File("store")).Rows);
    }

    [Fact]
    public void A_folder_with_something_else_is_left_alone()
    {
        Directory.CreateDirectory(_folder.File("sae"));
        File.WriteAllText(_folder.File("sae/sae_weights.safetensors"), "x");
        Assert.Contains(
            "holds an SAE already", Assert.Throws<InvalidFileException>(() => Begin("sae", StoreType.F32, "text")).Message);
        Directory.CreateDirectory(_folder.File("files"));
        File.WriteAllText(_folder.File("files/a.safetensors"), "x");
        Assert.Contains(
            "holds other .safetensors files", Assert.Throws<InvalidFileException>(() => Begin("files", StoreType.F32, "text")).Message);
    }

    private static string Problem(string store) => Assert.Throws<InvalidFileException>(() => ActivationStore.Open(store).Dispose()).Message;

    private static float Value(int row, int column) => (float)Math.Sin(row * 1.3 + column) * (column + 1);

    private void WriteValue(StoreType type, float value) => Begin($"{type}", type, "text").Append([1, 2, value, 4, 5], default);

    private ActivationStoreWriter Begin(string name, StoreType type, string corpus) => ActivationStoreWriter.Open(
        _folder.File(name),
        new StoreDescription { Width = Width, Type = type, RowsPerShard = 10, Source = new StoreSource { Corpus = corpus } },
        ["a", "b"]);

    private string Write(string name, int rows, StoreType type, string corpus = "text")
    {
        var writer = Begin(name, type, corpus);
        for (var row = 0; row < rows; row++)
        {
            writer.Append(
                [.. Enumerable.Range(0, Width).Select(column => Value(row, column))],
                new StoredToken(row, row / 4, row / 2, row * 100, row % 10));
        }

        writer.Finish();
        return _folder.File(name);
    }
}
