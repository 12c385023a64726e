using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Randomness;

[RunsOnEveryTier]
public sealed class SampleTests
{
    [Fact]
    public void A_permutation_has_every_number_once()
    {
        for (var count = 0; count <= 130; count++)
        {
            Assert.Equal(Enumerable.Range(0, count), new RandomStream(1, "all", (uint)count).Permutation(count).Order());
        }
    }

    [Theory]
    [InlineData(1000, 3)]
    [InlineData(1000, 62)]
    [InlineData(1000, 63)]
    [InlineData(1000, 999)]
    [InlineData(5, 0)]
    public void A_sample_is_the_start_of_the_permutation(int count, int taken) => Assert.Equal(
        new RandomStream(2, "sample").Permutation(count)[..taken], new RandomStream(2, "sample").Sample(count, taken));

    [Fact]
    public void A_few_of_very_many_take_little_memory()
    {
        var stream = new RandomStream(3, "few");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sample = stream.Sample(int.MaxValue, 1000);

        Assert.Equal(1000, sample.Distinct().Count());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }
}
