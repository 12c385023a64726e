using Husai.Transformers.Activations;

namespace Husai.Transformers.Tests.Activations;

public sealed class ValueSummaryTests
{
    [Fact]
    public void Mean_deviation_and_ends_are_those_of_the_values()
    {
        var summary = ValueSummary.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.Equal(new ValueSummary(5, 2, 2, 9), summary);
    }

    [Fact]
    public void No_values_have_no_summary() => Assert.Throws<ArgumentException>(() => ValueSummary.Of([]));
}
