using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class PlaneEnergyTests
{
    [Theory]
    [InlineData(3, .029)]
    [InlineData(4, .033)]
    [InlineData(5, .036)]
    [InlineData(6, .038)]
    public void Isotropic_directions_have_the_energy_of_the_closed_form(int planes, double published)
    {
        const int width = 128;
        Assert.Equal(published, IsotropicEnergy.Best(planes, width), 5e-4);
        var bases = Bases(planes, width);
        var energies = PlaneEnergies.Of(bases, RandomDirections.Isotropic(6000, width, new RandomStream(1, "test.energy")));
        Assert.Equal(IsotropicEnergy.Best(planes, width), energies.BestEnergies.Average(), 1e-3);
        Assert.Equal(2.0 * planes / width, energies.Totals.Average(), 2e-3);
    }

    [Theory]
    [InlineData(4, .521)]
    [InlineData(5, .457)]
    [InlineData(6, .408)]
    public void Directions_within_the_planes_have_the_energy_of_theirs(int planes, double published)
    {
        Assert.Equal(published, IsotropicEnergy.BestWithinPlanes(planes), 1e-3);
        var energies = PlaneEnergies.Of(
            Bases(planes, 2 * planes), RandomDirections.Isotropic(6000, 2 * planes, new RandomStream(1, "test.energy")));
        Assert.Equal(IsotropicEnergy.BestWithinPlanes(planes), energies.BestEnergies.Average(), 0.01);
        Assert.All(energies.Totals, total => Assert.Equal(1, total, 1e-4));
    }

    [Fact]
    public void A_direction_in_a_plane_has_its_phase_there()
    {
        var bases = Bases(3, 9);
        var direction = new Matrix(1, 9);
        for (var i = 0; i < 9; i++)
        {
            direction[0, i] = (float)(5 * (Math.Cos(2.1) * bases[1][0, i] + Math.Sin(2.1) * bases[1][1, i]));
        }

        var energies = PlaneEnergies.Of(bases, direction);
        Assert.Equal(1, energies.Best[0]);
        Assert.Equal(1, energies.BestEnergies[0], 1e-5);
        Assert.Equal(2.1, energies.Phases[0], 1e-5);
    }

    private static Matrix[] Bases(int planes, int width)
    {
        var rows = RandomDirections.Orthonormal(2 * planes, width, new RandomStream(2, "test.bases"));
        return [.. Enumerable.Range(0, planes).Select(plane => rows.SliceRows(2 * plane, 2))];
    }
}
