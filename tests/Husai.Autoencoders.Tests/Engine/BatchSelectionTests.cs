using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Engine;

public sealed unsafe class BatchSelectionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(50, 3)]
    [InlineData(333, 2)]
    [InlineData(100000, 2)]
    public void The_largest_of_the_batch_are_kept_of_equal_ones_the_first(int wanted, int threads)
    {
        using var workers = new Workers(threads);
        // Rounded values, so that many are equal.
        var random = new RandomStream(8, "batch");
        var values = Enumerable.Range(0, 30 * 40).Select(_ => (float)Math.Round(random.NextNormal() * 8) / 8).ToArray();
        var blocks = new[] { new EntryBlock(), new EntryBlock(), new EntryBlock() };
        fixed (float* memory = values)
        {
            for (var row = 0; row < 30; row++)
            {
                RowSelection.Positive(memory + row * 40, 40, blocks[row / 10]);
            }
        }

        Assert.True(new BatchSelection(3, workers).Keep(Choice(), blocks, 3, wanted));

        var expected = Enumerable.Range(0, values.Length).Where(index => values[index] > 0)
            .OrderByDescending(index => values[index]).ThenBy(index => index).Take(wanted).Order().ToArray();
        Assert.Equal(expected, Kept(blocks));
    }

    [Fact]
    public void Too_few_candidates_above_a_bound_are_refused()
    {
        var choice = Choice();
        choice.Bound = 0.5f;

        Assert.False(new BatchSelection(1, Workers.Alone).Keep(choice, [new EntryBlock()], 1, 3));
    }

    private static BatchChoice Choice() => new(new TrainingWeights(new BatchTopKMethod(), 40, 4), thresholdMomentum: 0.999);

    private static List<int> Kept(EntryBlock[] blocks)
    {
        var kept = new List<int>();
        for (var row = 0; row < 30; row++)
        {
            var block = blocks[row / 10];
            for (var n = block.RowStart(row % 10); n < block.RowStart(row % 10 + 1); n++)
            {
                kept.Add(row * 40 + block.Latents[n]);
            }
        }

        return kept;
    }
}
