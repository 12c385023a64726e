using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Computation;

public sealed class SequencePlanTests
{
    private static readonly ArithmeticTask Task = ArithmeticTask.From(new TaskOptions { Modulus = 5, Format = "bos_a_op_b_equals" });

    [Fact]
    public void One_layer_has_a_row_for_each_distinct_token_and_position()
    {
        var plan = SequencePlan.ForPrediction(Task, [.. Enumerable.Range(0, 25)], layers: 1);

        Assert.Equal(1 + 5 + 1 + 5 + 1, plan.Embedding.Rows);
        Assert.Equal(25, plan.Layers[0].OutputRows);
        Assert.Equal(1, plan.Layers[0].QueryRows);
    }

    [Fact]
    public void Two_layers_have_a_row_for_each_distinct_prefix()
    {
        var plan = SequencePlan.ForPrediction(Task, [.. Enumerable.Range(0, 25)], layers: 2);

        Assert.Equal(1 + 5 + 5 + 25 + 25, plan.Layers[0].OutputRows);
        Assert.Equal(25, plan.Layers[1].OutputRows);
        Assert.Equal(25, plan.Layers[1].QueryRows);
    }

    [Fact]
    public void Each_row_attends_to_its_own_prefix()
    {
        int[] inputs = [7, 3, 24, 8];
        var plan = SequencePlan.ForPrediction(Task, inputs, layers: 2);
        var last = plan.Layers[1];
        var first = plan.Layers[0];

        for (var sequence = 0; sequence < inputs.Length; sequence++)
        {
            for (var position = 0; position < 5; position++)
            {
                var row = last.Keys[sequence * last.KeyCapacity + position];
                var embedding = first.Query[row];
                Assert.Equal(Task.Token(inputs[sequence], position), plan.EmbeddingTokens[embedding]);
                Assert.Equal(position, plan.EmbeddingPositions[embedding]);
            }
        }
    }

    [Fact]
    public void The_inverse_index_lists_every_entry_once_and_in_order()
    {
        var rows = Enumerable.Range(0, 2000).Select(i => i % 3 == 0 ? 1 : i % 7 + 2).ToArray();
        var index = new RowIndex(rows, rows: 10, offset: 0);

        Assert.Equal(Enumerable.Range(0, 2000), index.Entries.Order());
        Assert.All(index.Segments, segment =>
        {
            var entries = index.Entries.AsSpan(segment.Start, segment.Count).ToArray();
            Assert.All(entries, entry => Assert.Equal(segment.Row, rows[entry]));
            Assert.Equal(entries.Order(), entries);
            Assert.InRange(segment.Count, 0, RowIndex.SegmentLength);
        });
        Assert.Equal(10, index.Segments.Select(segment => segment.Row).Distinct().Count());
        Assert.Equal(2000, index.Segments.Sum(segment => segment.Count));
        Assert.Equal(1, Assert.Single(index.SplitRows).Row);
    }
}
