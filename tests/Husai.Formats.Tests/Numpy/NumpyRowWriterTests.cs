using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Tests.Numpy;

public sealed class NumpyRowWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Blocks_give_the_bytes_of_the_whole()
    {
        var rows = new Matrix(7, 3);
        for (var row = 0; row < rows.Rows; row++)
        {
            rows[row, row % 3] = row + 0.5f;
        }

        NumpyFile.Write(_folder.File("whole.npy"), NamedTensor.FromMatrix("rows", rows));
        NumpyFile.WriteRows(_folder.File("blocks.npy"), 7, 3, writer =>
        {
            writer.Append(rows.SliceRows(0, 4));
            writer.Append(rows.SliceRows(4, 3));
        });

        Assert.Equal(File.ReadAllBytes(_folder.File("whole.npy")), File.ReadAllBytes(_folder.File("blocks.npy")));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 3)]
    [InlineData(3, 2)]
    public void Another_shape_is_refused_and_the_file_stays_as_it_was(int rows, int width)
    {
        var path = _folder.File("rows.npy");
        File.WriteAllText(path, "earlier");

        Assert.Throws<ArgumentException>(() => NumpyFile.WriteRows(path, 3, 3, writer => writer.Append(new Matrix(rows, width))));

        Assert.Equal("earlier", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }
}
