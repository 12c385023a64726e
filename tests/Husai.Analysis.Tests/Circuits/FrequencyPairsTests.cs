using Husai.Analysis.Circuits;

namespace Husai.Analysis.Tests.Circuits;

public sealed class FrequencyPairsTests
{
    private const int Size = 13;

    [Theory]
    [InlineData(3, 3)]
    [InlineData(5, -5)]
    [InlineData(2, 0)]
    [InlineData(0, 4)]
    [InlineData(6, 1)]
    public void A_wave_has_all_its_power_at_its_frequencies(int k, int l)
    {
        var map = Map((a, b) => 2 + Math.Cos(2 * Math.PI * ((k * a) + (l * b)) / Size));

        var spectrum = FrequencyPairs.Of(map, Size);

        Assert.Equal(1, spectrum[k, l], 1e-5);
        Assert.Equal((k, l), spectrum.Peak());
    }

    [Fact]
    public void The_constant_counts_for_nothing()
    {
        var spectrum = FrequencyPairs.Of(Map((_, _) => 5), Size);

        Assert.All(Enumerable.Range(-Size / 2, Size), l => Assert.Equal(0, spectrum[Math.Abs(l), l]));
    }

    [Fact]
    public void The_shares_are_those_of_the_definition()
    {
        var map = Map((a, b) => Math.Max(0, Math.Sin((a * 1.7) + (b * b * 0.31))));
        var power = new Dictionary<(int K, int L), double>();
        for (var k = 0; k <= Size / 2; k++)
        {
            for (var l = -(Size / 2); l <= Size / 2; l++)
            {
                power[(k, l)] = k == 0 && l <= 0 ? 0 : Power(map, k, l);
            }
        }

        var spectrum = FrequencyPairs.Of(map, Size);

        Assert.All(power, entry => Assert.Equal(entry.Value / power.Values.Sum(), spectrum[entry.Key.K, entry.Key.L], 1e-9));
    }

    private static double Power(float[] map, int k, int l)
    {
        var sum = System.Numerics.Complex.Zero;
        for (var index = 0; index < map.Length; index++)
        {
            sum += map[index] * System.Numerics.Complex.Exp(
                new System.Numerics.Complex(0, -2 * Math.PI * ((k * (index / Size)) + (l * (index % Size))) / Size));
        }

        return sum.Real * sum.Real + sum.Imaginary * sum.Imaginary;
    }

    private static float[] Map(Func<int, int, double> value) =>
        [.. Enumerable.Range(0, Size * Size).Select(index => (float)value(index / Size, index % Size))];
}
