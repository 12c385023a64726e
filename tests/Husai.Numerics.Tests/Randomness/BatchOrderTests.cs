using Husai.Numerics.Randomness;

namespace Husai.Numerics.Tests.Randomness;

public sealed class BatchOrderTests
{
    private static readonly int[] _rows = [.. Enumerable.Range(0, 23).Select(n => 10 * n)];

    [Theory]
    [InlineData(1, 23)]
    [InlineData(5, 5)]
    [InlineData(22, 2)]
    [InlineData(23, 1)]
    [InlineData(100, 1)]
    public void Each_epoch_takes_every_row_once_in_an_order_of_its_own(int batchSize, int stepsPerEpoch)
    {
        var order = Order(batchSize);
        Assert.Equal(stepsPerEpoch, order.StepsPerEpoch);
        var epochs = Enumerable.Range(0, 3).Select(epoch => Epoch(order, epoch)).ToArray();

        Assert.All(epochs, epoch => Assert.Equal(_rows, epoch.Order()));
        Assert.Equal(3, epochs.DistinctBy(epoch => string.Join(' ', epoch)).Count());
    }

    [Fact]
    public void A_step_does_not_depend_on_the_steps_asked_for_before()
    {
        var order = Order(5);
        for (var step = 17L; step >= 0; step--)
        {
            Assert.Equal(Order(5).Rows(step).ToArray(), order.Rows(step).ToArray());
        }
    }

    [Fact]
    public void Rows_before_a_step_are_those_of_the_steps_before()
    {
        var order = Order(5);
        var before = 0L;
        for (var step = 0L; step < 12; step++)
        {
            Assert.Equal(before, order.RowsBefore(step));
            before += order.Rows(step).Length;
        }
    }

    [Fact]
    public void An_order_is_the_stream_of_seed_purpose_and_epoch()
    {
        var expected = new RandomStream(3, "tests.order", 2).Permutation(_rows.Length).Select(n => _rows[n]);

        Assert.Equal(expected, Epoch(Order(5), 2));
    }

    private static BatchOrder Order(int batchSize) => new(_rows, batchSize, seed: 3, "tests.order");

    private static int[] Epoch(BatchOrder order, long epoch) =>
        [.. Enumerable.Range(0, (int)order.StepsPerEpoch).SelectMany(step => order.Rows(epoch * order.StepsPerEpoch + step).ToArray())];
}
