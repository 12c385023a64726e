using Husai.Analysis.Circuits;
using Husai.Experiments.Studies;

namespace Husai.Experiments.Tests.Studies;

public sealed class ConfigurationResultsReaderTests
{
    private static readonly ProbeResult Probes = new([8, 4, 1], [0.9, 0.5, 0.2], [[0.9, 0.5, 0.2]]);

    [Fact]
    public void Probes_of_other_numbers_of_latents_do_not_stand_for_those_of_four()
    {
        var four = new ProbeResult([1, 4], [0.2, 0.5], [[0.2, 0.5]]);
        var others = new ProbeResult([1, 8], [0.2, 0.9], [[0.2, 0.9]]);

        Assert.Equal(0.5, ConfigurationResultsReader.Probe([four]));
        Assert.Null(ConfigurationResultsReader.Probe([others]));
        Assert.Null(ConfigurationResultsReader.Probe(null));
    }

    [Fact]
    public void A_number_of_latents_is_found_wherever_it_stands()
    {
        Assert.Equal(0.5, Probes.At(4));
        Assert.Equal(0.2, Probes.At(1));
        Assert.Equal(7, Probes.At(8, [7, 6, 5]));
    }

    [Fact]
    public void Probes_that_were_not_measured_are_null()
    {
        Assert.Null(Probes.At(2));
        Assert.Null(Probes.At(4, []));
        Assert.Null(new ProbeResult([4], [], []).At(4));
    }
}
