using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class SparseProbeTests
{
    private const int Modulus = 29;
    private static readonly FourierPlane Plane = new(4, [GridLine.Sum], 1, new Matrix(2, 8), new Matrix(2, 8));

    [Fact]
    public void Half_waves_of_any_phases_predict_a_plane_from_four_latents()
    {
        // Pairs half a turn apart: their differences are waves of two phases, which span the plane.
        var explained = Probe([0.3, 0.3 + Math.PI, 1.5, 1.5 + Math.PI]);
        Assert.Equal(1, explained[3], 1e-6);
        // One half wave has at most its fundamental's share.
        Assert.InRange(explained[0], 0.2, RectifierCeiling.At(0.5) + 0.01);
        Assert.True(explained[1] < 0.99);
    }

    [Fact]
    public void Half_waves_on_the_axes_need_two_latents_for_each_wave()
    {
        var explained = Probe([0, Math.PI, Math.PI / 2, -Math.PI / 2]);
        Assert.Equal(1, explained[1], 1e-6);
    }

    [Fact]
    public void Pure_waves_need_one_and_a_repeated_latent_adds_nothing()
    {
        var maps = new Matrix(3, Modulus * Modulus);
        Fill(maps, 0, sum => 5 + Math.Cos(Angle(sum)));
        Fill(maps, 1, sum => 5 + Math.Sin(Angle(sum)));
        Fill(maps, 2, sum => 5 + Math.Cos(Angle(sum)));
        var probe = new SparseProbe(maps, LineSpectrum.Of(maps, Modulus));
        Assert.Equal([1.0, 1.0, 1.0], probe.OfPlane(Plane, 3), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Other_frequencies_predict_nothing()
    {
        var maps = new Matrix(2, Modulus * Modulus);
        Fill(maps, 0, sum => Math.Cos(Angle(sum) / 4 * 5));
        Fill(maps, 1, sum => Math.Sin(Angle(sum) / 4 * 7));
        Assert.Equal(0, new SparseProbe(maps, LineSpectrum.Of(maps, Modulus)).OfPlane(Plane, 2)[1], 1e-9);
    }

    [Fact]
    public void Planes_side_by_side_have_the_bits_of_planes_alone()
    {
        var maps = new Matrix(40, Modulus * Modulus);
        new RandomStream(2, "test.probe.planes").FillNormal(maps.AsSpan());
        var spectrum = LineSpectrum.Of(maps, Modulus);
        FourierPlane[] planes =
        [
            Plane, Plane with { Frequency = 9, Lines = [GridLine.First, GridLine.Difference] }, Plane with { Lines = [GridLine.Second] },
        ];

        var together = new SparseProbe(maps, spectrum).OfPlanes(planes, 6);

        for (var plane = 0; plane < planes.Length; plane++)
        {
            Assert.Equal(new SparseProbe(maps, spectrum).OfPlane(planes[plane], 6), together[plane]);
            Assert.True(together[plane][5] > together[plane][0]);
        }
    }

    [Fact]
    public void It_equals_least_squares_on_the_chosen_latents()
    {
        var maps = new Matrix(3, Modulus * Modulus);
        new RandomStream(1, "test.probe").FillNormal(maps.AsSpan());
        for (var latent = 0; latent < 3; latent++)
        {
            var phase = latent;
            for (var row = 0; row < maps.Columns; row++)
            {
                maps[latent, row] += (float)Math.Cos(Angle(row / Modulus + row % Modulus) - phase);
            }
        }

        var explained = new SparseProbe(maps, LineSpectrum.Of(maps, Modulus)).OfPlane(Plane, 3)[2];
        // With all three latents chosen: R² = cᵀ G⁻¹ c for each unit wave, by solving the normal equations.
        var spectrum = LineSpectrum.Of(maps, Modulus);
        var gram = new double[3, 3];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                gram[i, j] = Enumerable.Range(0, maps.Columns)
                    .Sum(row => (maps[i, row] - spectrum.Mean(i)) * (maps[j, row] - spectrum.Mean(j)));
            }
        }

        var inverse = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix.OfArray(gram).Inverse();
        double Quadratic(Func<int, double> c) =>
            Enumerable.Range(0, 3).Sum(i => Enumerable.Range(0, 3).Sum(j => c(i) * inverse[i, j] * c(j)));
        var expected = (Quadratic(i => spectrum.Cosine(i, GridLine.Sum, 4)) + Quadratic(i => spectrum.Sine(i, GridLine.Sum, 4))) / 2;
        Assert.Equal(expected, explained, 1e-9);
    }

    private static double[] Probe(double[] phases)
    {
        var maps = new Matrix(phases.Length, Modulus * Modulus);
        for (var i = 0; i < phases.Length; i++)
        {
            var phase = phases[i];
            Fill(maps, i, sum => Math.Max(0, Math.Cos(Angle(sum) - phase)));
        }

        return new SparseProbe(maps, LineSpectrum.Of(maps, Modulus)).OfPlane(Plane, 4);
    }

    private static double Angle(int sum) => 2 * Math.PI * 4 * sum / Modulus;

    private static void Fill(Matrix maps, int latent, Func<int, double> value)
    {
        for (var row = 0; row < maps.Columns; row++)
        {
            maps[latent, row] = (float)value(row / Modulus + row % Modulus);
        }
    }
}
