using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Tests.Training;
using Husai.Formats.Activations;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Activations;

public sealed class ActivationIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-identity").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_is_the_same_mapped_and_in_memory()
    {
        var rows = SyntheticActivations.Create(500);
        var path = Path.Combine(_folder, "rows.npy");
        NumpyFile.Write(path, NamedTensor.FromMatrix("activations", rows));
        using var file = ActivationFile.Open(path);

        Assert.Equal(ActivationIdentity.Of(new MatrixActivations(rows)), ActivationIdentity.Of(new MappedActivations(file)));
    }

    [Fact]
    public void Any_value_and_the_shape_count()
    {
        var rows = new Matrix(6, 4);
        var identity = Identity(rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            var changed = rows.Clone();
            changed[row, row % 4] = 1e-30f;
            Assert.NotEqual(identity.Hash, Identity(changed).Hash);
        }

        Assert.NotEqual(identity.Hash, Identity(new Matrix(4, 6)).Hash);
        Assert.NotEqual(identity.Hash, Identity(new Matrix(7, 4)).Hash);
        Assert.Equal((6L, 4), (identity.Rows, identity.Width));
    }

    [Theory]
    [InlineData(1 << 18, 64)]
    [InlineData((1 << 18) + 1, 64)]
    [InlineData(3_000_001, 7)]
    [InlineData(300, 70_000)]
    public void Of_many_values_blocks_from_the_first_to_the_last_row_are_hashed(int rows, int width)
    {
        var source = new CountingSource(rows, width);

        var identity = ActivationIdentity.Of(source);

        Assert.Equal((rows, width), (identity.Rows, identity.Width));
        Assert.Equal((0, rows - 1), (source.First, source.Last));
        var all = (long)rows * width;
        Assert.True(
            all > ActivationIdentity.MostHashedValues ? source.Values <= ActivationIdentity.MostHashedValues : source.Values == all,
            $"{source.Values} values");
    }

    private static ActivationIdentity Identity(Matrix rows) => ActivationIdentity.Of(new MatrixActivations(rows));

    private sealed class CountingSource(int rows, int width) : IActivationSource
    {
        public int Rows => rows;

        public int Width => width;

        public int First { get; private set; } = int.MaxValue;

        public int Last { get; private set; }

        public long Values { get; private set; }

        public void CopyRows(ReadOnlySpan<int> chosen, Matrix destination)
        {
            (First, Last) = (Math.Min(First, chosen[0]), Math.Max(Last, chosen[^1]));
            Values += (long)chosen.Length * width;
        }
    }
}
