using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.Tests.Randomness;

public sealed class NormalMatrixTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(37, 5, 3)]
    [InlineData(64, 33, 1)]
    public void Rows_hold_the_numbers_of_the_stream_in_order_whatever_the_threads(int rows, int columns, int taken)
    {
        using var three = new Workers(3);
        var expected = new float[rows * columns];
        var sequential = Stream(taken);
        sequential.FillNormal(expected);
        foreach (var workers in new[] { null, three })
        {
            // Rows with a gap between them.
            var matrix = new Matrix(rows, columns + 2).SliceColumns(1, columns);
            var stream = Stream(taken);
            stream.FillNormal(matrix, workers);
            Assert.Equal(sequential.Position, stream.Position);
            for (var row = 0; row < rows; row++)
            {
                Assert.Equal(expected[(row * columns)..((row + 1) * columns)], matrix.Row(row).ToArray());
            }
        }
    }

    private static RandomStream Stream(int taken) => new(3, "test.normal_matrix", 2) { Position = (ulong)taken };
}
