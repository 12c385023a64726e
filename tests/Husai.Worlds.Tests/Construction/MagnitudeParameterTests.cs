using Husai.Numerics.Randomness;
using Husai.Worlds.Construction;
using Husai.Worlds.Options;

namespace Husai.Worlds.Tests.Construction;

public sealed class MagnitudeParameterTests
{
    [Fact]
    public void Laws_go_from_start_to_end()
    {
        Assert.Equal([2f, 2f], Create(new MagnitudeOptions { Start = 2 }, 2));
        Assert.Equal([5f, 4.5f, 4f], Create(new MagnitudeOptions { Law = MagnitudeLaw.Linear, Start = 5, End = 4 }, 3));
        Assert.Equal([8f, 4f, 2f], Create(new MagnitudeOptions { Law = MagnitudeLaw.Exponential, Start = 8, End = 2 }, 3));
        Assert.Equal([8f], Create(new MagnitudeOptions { Law = MagnitudeLaw.Exponential, Start = 8, End = 2 }, 1));
    }

    [Fact]
    public void A_folded_normal_number_has_its_known_mean_and_deviation()
    {
        var values = Create(new MagnitudeOptions { Law = MagnitudeLaw.FoldedNormal, Mean = 0.5, Deviation = 0.5 }, 100_000);

        var mean = values.Average(value => (double)value);
        Assert.InRange(mean, 0.583 - 0.005, 0.583 + 0.005);
        Assert.InRange(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), 0.395, 0.405);
        var bounded = Create(
            new MagnitudeOptions { Law = MagnitudeLaw.FoldedNormal, Mean = 0.5, Deviation = 0.5, Least = 0.3, Greatest = 0.6 }, 1000);
        Assert.All(bounded, value => Assert.InRange(value, 0.3f, 0.6f));
    }

    private static float[] Create(MagnitudeOptions options, int features) =>
        MagnitudeParameters.Create(options, features, new RandomStream(3, "magnitudes"));
}
