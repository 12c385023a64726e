using Husai.Analysis.Circuits;

namespace Husai.Reporting.Tests.Figures;

/// <summary>The shares of power that portraits of latents draw.</summary>
public sealed class FrequencySharesTests
{
    private const int Size = 13;

    [Theory]
    [InlineData(5)]
    [InlineData(0.1)]
    [InlineData(-3e7)]
    public void A_constant_alone_has_no_share(double constant)
    {
        var spectrum = Of((_, _) => constant);

        Assert.All(Pairs(), pair => Assert.Equal(0, spectrum[pair.K, pair.L]));
    }

    [Theory]
    [InlineData(1 << 10)]
    [InlineData(1 << 20)]
    public void A_large_constant_changes_no_share(int constant)
    {
        static int Value(int a, int b) => ((a * a) + (3 * b)) % 7;
        var small = Of((a, b) => Value(a, b));
        var large = Of((a, b) => constant + Value(a, b));

        Assert.All(Pairs(), pair => Assert.Equal(small[pair.K, pair.L], large[pair.K, pair.L], 1e-8));
        Assert.Equal(1, Pairs().Sum(pair => large[pair.K, pair.L]), 1e-8);
    }

    private static FrequencyPairs Of(Func<int, int, double> value) =>
        FrequencyPairs.Of([.. Enumerable.Range(0, Size * Size).Select(index => (float)value(index / Size, index % Size))], Size);

    private static IEnumerable<(int K, int L)> Pairs() =>
        from k in Enumerable.Range(0, (Size / 2) + 1)
        from l in Enumerable.Range(-(Size / 2), Size)
        select (k, l);
}
