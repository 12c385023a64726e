using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Transformers.Tests.Fixtures;

namespace Husai.Analysis.Tests.Circuits;

public sealed class AnalyticNetworkTests
{
    private static readonly AnalyticNetwork Rectified = AnalyticNetwork.Rectified(modulus: 59, frequencies: [4, 11, 15, 21, 26]);

    // The rectifier's harmonics survive eight phases in part: they make planes of a few percent.
    private static readonly CircuitOptions Main = new() { MinimumVariance = 0.05 };

    [Fact]
    public void Neurons_of_the_rectified_network_have_the_frequencies_they_were_given()
    {
        var maps = Rectified.Hidden.Transpose();
        var functions = LatentFunctions.Of(maps, LineSpectrum.Of(maps, 59));
        Assert.All(functions, function => Assert.Equal(LatentClass.SingleFrequency, function.Class));
        Assert.All(functions, function => Assert.True(function.Purity >= 0.85));
        Assert.Equal(Rectified.NeuronFrequencies, functions.Select(function => function.Frequency));
    }

    [Fact]
    public void Hidden_layer_of_the_rectified_network_has_planes_of_its_frequencies_only()
    {
        var circuit = Circuit.Of(Rectified.Hidden, 59);
        Assert.Equal([4, 11, 15, 21, 26], circuit.Frequencies);
        // Neurons with equal phases of a and b see both waves in one plane; so does a + b at twice the phase in another.
        Assert.All(
            circuit.Planes.Where(plane => plane.Lines.Contains(GridLine.First)), plane => Assert.Contains(GridLine.Second, plane.Lines));
        Assert.Contains(circuit.Planes, plane => plane.Lines.Contains(GridLine.Sum));
        Assert.InRange(circuit.PlaneShare, 0.85, 1);
    }

    [Fact]
    public void Logits_of_the_rectified_network_are_sum_planes_read_by_their_frequencies()
    {
        Assert.Equal([4, 11, 15, 21, 26], KeyFrequencies.OfLogits(Rectified.Logits, 59));
        var circuit = Circuit.Of(Rectified.Logits, 59, Main);
        Assert.Equal([4, 11, 15, 21, 26], circuit.Frequencies);
        Assert.All(circuit.Planes, plane => Assert.Equal([GridLine.Sum], plane.Lines));
        Assert.True(circuit.AnswerShare > circuit.PlaneShare);
    }

    [Fact]
    public void The_output_rows_of_neurons_recover_every_plane_of_the_logits()
    {
        var circuit = Circuit.Of(Rectified.Logits, 59, Main);
        var basis = new BasisUnderTest(new LatentDictionary("neurons", Rectified.Output), Rectified.Hidden.Transpose());
        var report = new CircuitRecovery(circuit, Rectified.Logits).Measure(basis);
        // Harmonics of other frequencies tilt the planes of the logits a little.
        Assert.InRange(report.FourierOverlap!.Value, 0.99, 1 + 1e-6);
        Assert.Equal(1, report.Coverage.Share);
        Assert.All(report.Coverage.Planes, plane => Assert.True(plane.FullPhase));
        Assert.InRange(report.GtMcc.Planes!.Score, 0.99, 1 + 1e-6);
        Assert.True(report.Nulls!.CovarianceMatched.Mean < 0.7);
        Assert.Equal(Rectified.NeuronFrequencies, report.PerLatent.Select(latent => circuit.Planes[latent.Plane!.Value].Frequency));
    }

    [Fact]
    public void The_quadratic_network_uses_every_frequency()
    {
        var network = AnalyticNetwork.Quadratic(modulus: 23, neurons: 132, seed: 3);
        Assert.Equal(Enumerable.Range(1, 11), KeyFrequencies.OfLogits(network.Logits, 23));
        var cosines = LogitCosines.Of(network.Logits, 23);
        Assert.All(cosines, cosine => Assert.True(cosine > 0));
        Assert.Equal(23 * 23, LogitScoresOf(network.Logits, 23));
    }

    private static int LogitScoresOf(Matrix logits, int modulus) =>
        (int)Math.Round(LogitScores.Of(logits, AnswerKey.Addition(modulus)).Accuracy * modulus * modulus);
}
