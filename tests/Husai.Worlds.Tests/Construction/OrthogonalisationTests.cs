using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Construction;

namespace Husai.Worlds.Tests.Construction;

public sealed class OrthogonalisationTests
{
    [Theory]
    [InlineData("ortho_a", 100, 3e-4)]
    [InlineData("ortho_b", 200, 0.01)]
    public void Directions_end_where_the_published_code_puts_them(string name, int steps, double learningRate)
    {
        var directions = GoldenWorlds.Matrix(name + "_before");

        Orthogonalisation.Run(directions, steps, learningRate);

        var expected = GoldenWorlds.Matrix(name + "_after");
        for (var row = 0; row < directions.Rows; row++)
        {
            for (var column = 0; column < directions.Columns; column++)
            {
                Assert.InRange(directions[row, column] - expected[row, column], -1e-5f, 1e-5f);
            }
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using var workers = new Workers(3);
        var (alone, together) = (GoldenWorlds.Matrix("ortho_a_before"), GoldenWorlds.Matrix("ortho_a_before"));

        Orthogonalisation.Run(alone, 5, 0.01);
        Orthogonalisation.Run(together, 5, 0.01, workers);

        Assert.Equal(alone.AsSpan(), together.AsSpan());
    }

    [Fact]
    public void It_ends_between_two_steps_when_told_to()
    {
        using var stop = new CancellationTokenSource();
        var steps = 0;
        void Count(int step)
        {
            steps = step;
            stop.Cancel();
        }

        Assert.Throws<OperationCanceledException>(
            () => Orthogonalisation.Run(new Matrix(64, 16), 100, 0.01, Workers.Alone.Until(stop.Token), Count));
        Assert.Equal(1, steps);
    }
}
