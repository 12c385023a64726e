using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Tests.Training;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Metrics;

public sealed class CoordinateExplainedVarianceTests
{
    [Fact]
    public void A_coordinate_that_hardly_varies_counts_as_much_as_one_that_varies_most()
    {
        // Reconstructs the first coordinate and leaves the second at 0; the third does not vary.
        var rows = new Matrix(4, 3);
        (rows[0, 0], rows[1, 0]) = (100, 100);
        (rows[0, 1], rows[2, 1]) = (0.1f, 0.1f);
        var weights = new Matrix(1, 3);
        weights[0, 0] = 1;
        var sae = Sae.Standard(weights, weights, [0], [0, 0, 0]);
        var source = new MatrixActivations(rows);

        // 1 - (.1²/2) / (.05²) = -1 for the second.
        Assert.Equal((1 - 1) / 2.0, CoordinateExplainedVariance.Of(sae, source), 1e-6);
        Assert.True(SaeEvaluator.Evaluate(sae, source).ExplainedVariance > 0.999);
    }

    [Fact]
    public void It_is_the_plain_mean_over_coordinates_on_any_number_of_threads()
    {
        var rows = SyntheticActivations.Create(1700);
        var source = new MatrixActivations(rows);
        var sae = new SaeTrainer(
            new SaeOptions { Latents = 24, K = 3, Epochs = 2, EvaluateEvery = 0 }, source).Train().Saved.Sae;
        var reconstructions = sae.Reconstruct(rows);
        var expected = Enumerable.Range(0, rows.Columns).Average(column =>
        {
            double[] values = [.. Enumerable.Range(0, rows.Rows).Select(row => (double)rows[row, column])];
            var mean = values.Average();
            var error = Enumerable.Range(0, rows.Rows).Average(row => Math.Pow(rows[row, column] - reconstructions[row, column], 2));
            return 1 - error / values.Average(value => (value - mean) * (value - mean));
        });

        Assert.Equal(expected, CoordinateExplainedVariance.Of(sae, source), 1e-9);
        using var workers = new Workers(3);
        Assert.Equal(CoordinateExplainedVariance.Of(sae, source), CoordinateExplainedVariance.Of(sae, source, workers));
    }

    [Fact]
    public void Where_nothing_varies_it_is_undefined_and_other_widths_are_refused()
    {
        var sae = Sae.Standard(new Matrix(1, 3), new Matrix(1, 3), [0], [0, 0, 0]);

        Assert.Equal(double.NaN, CoordinateExplainedVariance.Of(sae, new MatrixActivations(new Matrix(5, 3))));
        Assert.Throws<ArgumentException>(() => CoordinateExplainedVariance.Of(sae, new MatrixActivations(new Matrix(5, 4))));
    }
}
