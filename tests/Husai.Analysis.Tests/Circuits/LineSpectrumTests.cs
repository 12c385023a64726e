using Husai.Analysis.Circuits;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class LineSpectrumTests
{
    private const int Modulus = 13;

    [Fact]
    public void Four_lines_hold_the_eight_cells_of_a_frequency()
    {
        var maps = new Matrix(2, Modulus * Modulus);
        new RandomStream(1, "test.spectrum").FillNormal(maps.AsSpan(), 0.3f);
        var spectrum = LineSpectrum.Of(maps, Modulus);
        for (var map = 0; map < 2; map++)
        {
            var cells = GridSpectrum.Of(maps.Row(map), Modulus);
            for (var k = 1; k <= spectrum.Frequencies; k++)
            {
                int[] components = [0, 2 * k - 1, 2 * k];
                var expected = components.Sum(i => components.Sum(j => i == 0 && j == 0 ? 0 : cells[i, j] * cells[i, j]));
                Assert.Equal(expected, Enum.GetValues<GridLine>().Sum(line => spectrum.Power(map, line, k)), 1e-9);
            }
        }
    }

    [Fact]
    public void The_grid_spectrum_keeps_the_power()
    {
        var map = new float[Modulus * Modulus];
        new RandomStream(2, "test.spectrum").FillNormal(map);
        var cells = GridSpectrum.Of(map, Modulus);
        Assert.Equal(Reductions.SumOfSquares(map), cells.Cast<double>().Sum(cell => cell * cell), 1e-9);
        Assert.Equal(Reductions.Sum(map) / Modulus, cells[0, 0], 1e-9);
    }

    [Theory]
    [InlineData(GridLine.First)]
    [InlineData(GridLine.Second)]
    [InlineData(GridLine.Sum)]
    [InlineData(GridLine.Difference)]
    public void A_wave_has_all_its_power_on_its_line(GridLine line)
    {
        var maps = new Matrix(1, Modulus * Modulus);
        for (var row = 0; row < maps.Columns; row++)
        {
            int a = row / Modulus, b = row % Modulus;
            var x = line switch { GridLine.First => a, GridLine.Second => b, GridLine.Sum => a + b, _ => a - b };
            maps[0, row] = (float)(2 + Math.Sin(2 * Math.PI * 4 * x / Modulus));
        }

        var spectrum = LineSpectrum.Of(maps, Modulus);
        Assert.Equal(Modulus * Modulus / 2.0, spectrum.Power(0, line, 4), 1e-4);
        Assert.Equal(spectrum.TotalPower(0), spectrum.Power(0, line, 4), 1e-4);
        Assert.Equal(Modulus / Math.Sqrt(2), spectrum.Sine(0, line, 4), 1e-4);
        Assert.Equal(2, spectrum.Mean(0), 1e-6);
    }

    [Fact]
    public void The_basis_is_orthonormal()
    {
        var basis = new FourierWaves(7).Basis();
        for (var i = 0; i < 7; i++)
        {
            for (var j = 0; j < 7; j++)
            {
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, 7).Sum(x => basis[i, x] * basis[j, x]), 1e-12);
            }
        }
    }

    [Fact]
    public void Frequencies_fold_at_the_modulus()
    {
        var waves = new FourierWaves(113);
        Assert.Equal(53, waves.Fold(60));
        Assert.Equal(36, waves.Fold(36));
        Assert.Equal(0, waves.Fold(226));
        Assert.Throws<ArgumentException>(() => new FourierWaves(12));
    }
}
