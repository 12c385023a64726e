using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Tests.Circuits;

public sealed class CircuitTests
{
    [Fact]
    public void Planted_planes_are_found_with_their_variance()
    {
        var site = new PlantedSite();
        var circuit = site.FindCircuit();
        Assert.Equal(PlantedSite.Frequencies, circuit.Planes.Select(plane => plane.Frequency));
        var total = PlantedSite.Amplitudes.Sum(amplitude => amplitude * amplitude);
        for (var plane = 0; plane < 4; plane++)
        {
            Assert.Equal([GridLine.Sum], circuit.Planes[plane].Lines);
            Assert.Equal(PlantedSite.Amplitudes[plane] * PlantedSite.Amplitudes[plane] / total, circuit.Planes[plane].VarianceShare, 1e-5);
            Assert.Equal(1, PlaneFinder.Overlap(circuit.Planes[plane].Basis, site.Planes.SliceRows(2 * plane, 2)), 1e-5);
        }

        Assert.Equal(1, circuit.PlaneShare, 1e-5);
        Assert.Equal(1, circuit.AnswerShare, 1e-5);
    }

    [Fact]
    public void Noise_is_outside_planes_and_answers()
    {
        var circuit = new PlantedSite(noise: 0.5).FindCircuit();
        // Signal: sum of squared amplitudes; noise: 0.25 in each of 24 coordinates.
        var signal = PlantedSite.Amplitudes.Sum(amplitude => amplitude * amplitude);
        Assert.Equal(signal / (signal + 0.25 * 24), circuit.PlaneShare, 0.02);
        Assert.Equal(PlantedSite.Frequencies, circuit.Frequencies);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void Planes_of_a_and_b_are_merged_when_they_coincide(bool coincide, int expected)
    {
        const int modulus = 23;
        var activations = new Matrix(modulus * modulus, 6);
        for (var row = 0; row < activations.Rows; row++)
        {
            var (sineA, cosineA) = Math.SinCos(2 * Math.PI * 5 * (row / modulus) / modulus);
            var (sineB, cosineB) = Math.SinCos(2 * Math.PI * 5 * (row % modulus) / modulus + 1);
            var shift = coincide ? 0 : 2;
            activations[row, 0] += (float)cosineA;
            activations[row, 1] += (float)sineA;
            activations[row, shift] += (float)(0.9 * cosineB);
            activations[row, shift + 1] += (float)(0.9 * sineB);
        }

        var circuit = Circuit.Of(activations, modulus);
        Assert.Equal(expected, circuit.Planes.Count);
        Assert.Equal(1, circuit.PlaneShare, 1e-5);
        Assert.Equal(coincide ? [GridLine.First, GridLine.Second] : [GridLine.First], circuit.Planes[0].Lines);
        Assert.True(circuit.AnswerShare < 1e-6);
    }

    [Fact]
    public void A_wave_on_a_line_has_a_plane_of_rank_one()
    {
        const int modulus = 11;
        var activations = new Matrix(modulus * modulus, 3);
        for (var row = 0; row < activations.Rows; row++)
        {
            activations[row, 1] = (float)Math.Cos(2 * Math.PI * 2 * (row / modulus + row % modulus) / modulus + 0.4);
        }

        var plane = Assert.Single(Circuit.Of(activations, modulus).Planes);
        Assert.Equal(1, plane.Basis.Rows);
        Assert.Equal(1, Math.Abs(plane.Basis[0, 1]), 1e-6);
    }

    [Fact]
    public void Answer_centroids_are_the_means_of_the_answers()
    {
        var site = new PlantedSite();
        var circuit = site.FindCircuit();
        for (var i = 0; i < PlantedSite.Width; i++)
        {
            Assert.Equal(site.Activations[5, i] - PlantedSite.Offset, circuit.AnswerCentroids[5, i], 1e-5);
        }
    }

    [Fact]
    public void Key_frequencies_of_logits()
    {
        const int modulus = 19;
        var logits = new Matrix(modulus * modulus, modulus);
        for (var row = 0; row < logits.Rows; row++)
        {
            for (var c = 0; c < modulus; c++)
            {
                var d = row / modulus + row % modulus - c;
                logits[row, c] = (float)(
                    3 * Math.Cos(2 * Math.PI * 4 * d / modulus) + 2 * Math.Cos(2 * Math.PI * 9 * d / modulus) + 0.1 * Math.Cos(
                        2 * Math.PI * 2 * d / modulus));
            }
        }

        Assert.Equal([4, 9], KeyFrequencies.OfLogits(logits, modulus));
        var cosines = LogitCosines.Of(logits, modulus);
        // The unit function has norm sqrt(p³ / 2).
        var norm = Math.Sqrt(modulus * modulus * modulus / 2.0);
        Assert.Equal(3 * norm, cosines[3], 1e-3);
        Assert.Equal(2 * norm, cosines[8], 1e-3);
        Assert.Equal(0, cosines[0], 1e-3);
    }

    [Fact]
    public void Activations_of_other_inputs_are_refused()
    {
        Assert.Contains(
            "[10, 3]", Assert.Throws<ArgumentException>(() => Circuit.Of(new Matrix(10, 3), 5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Circuit.Of(new Matrix(25, 3), 5));
        Assert.Throws<ArgumentException>(() => Circuit.Of(new Matrix(16, 3), 4));
    }
}
