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

    [Fact]
    public void Rows_in_blocks_are_shuffled_within_windows_of_shuffled_blocks()
    {
        const int blockRows = 3;
        int[] rows = [.. Enumerable.Range(0, 5 * BatchOrder.WindowBlocks * blockRows / 2 + 1).Reverse()];
        var order = new BatchOrder(rows, 1000, 1, "test", blockRows);
        var epochs = Enumerable.Range(0, 2).Select(epoch => Epoch(order, epoch)).ToArray();

        Assert.All(epochs, epoch => Assert.Equal(rows.Order(), epoch.Order()));
        Assert.NotEqual(epochs[0], epochs[1]);
        Assert.Equal(epochs[1], Epoch(new BatchOrder(rows, 1000, 1, "test", blockRows), 1));

        // A window reads so many blocks and no others, and mixes them.
        var window = epochs[0][..((BatchOrder.WindowBlocks - 1) * blockRows)];
        Assert.InRange(window.Select(row => row / blockRows).Distinct().Count(), BatchOrder.WindowBlocks * 0.99, BatchOrder.WindowBlocks);
        Assert.True(window.Zip(window.Skip(1)).Count(pair => Math.Abs(pair.First - pair.Second) < blockRows) < window.Length / 100);
        Assert.InRange(window.Average(), rows.Length * 0.48, rows.Length * 0.52);
    }

    [Fact]
    public void Up_to_a_window_blocks_make_no_difference()
    {
        var blocks = new BatchOrder(_rows, 5, 1, "test", 8);
        Assert.Equal(Epoch(new BatchOrder(_rows, 5, 1, "test"), 1), Epoch(blocks, 1));
    }

    private static int[] Epoch(BatchOrder order, long epoch) =>
        [.. Enumerable.Range(0, (int)order.StepsPerEpoch).SelectMany(step => order.Rows(epoch * order.StepsPerEpoch + step).ToArray())];

    [Fact]
    public void A_dropped_last_step_leaves_other_rows_out_of_each_epoch()
    {
        var (whole, dropped) = (new BatchOrder(_rows, 4, 1, "test"), new BatchOrder(_rows, 4, 1, "test", dropLast: true));
        var steps = _rows.Length / 4;
        Assert.NotEqual(0, _rows.Length % 4);
        Assert.Equal((steps, steps + 1), (dropped.StepsPerEpoch, whole.StepsPerEpoch));
        Assert.Equal(steps * 4 + 4, dropped.RowsBefore(steps + 1));
        for (var step = 0; step < steps; step++)
        {
            Assert.Equal(whole.Rows(step).ToArray(), dropped.Rows(step).ToArray());
            Assert.Equal(whole.Rows(step + steps + 1).ToArray(), dropped.Rows(step + steps).ToArray());
        }
    }
}
