using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Tasks;

public sealed class DataSplitTests
{
    [Fact]
    public void Every_input_is_on_one_side()
    {
        var split = DataSplit.Random(113 * 113, 0.3, seed: 1);

        Assert.Equal(3830, split.Train.Length);
        Assert.Equal(Enumerable.Range(0, 12769), split.Train.Concat(split.Test).Order());
        Assert.Equal(split.Train.Order(), split.Train);
    }

    [Fact]
    public void The_seed_decides()
    {
        Assert.Equal(DataSplit.Random(100, 0.5, 7).Train, DataSplit.Random(100, 0.5, 7).Train);
        Assert.NotEqual(DataSplit.Random(100, 0.5, 7).Train, DataSplit.Random(100, 0.5, 8).Train);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.001)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_share_without_training_pairs_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DataSplit.Random(100, fraction, 0));
}
