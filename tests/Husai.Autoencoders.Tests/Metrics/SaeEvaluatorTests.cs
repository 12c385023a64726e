using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Metrics;

public sealed class SaeEvaluatorTests
{
    private const int Rows = 1700;
    private readonly Sae _sae = TestSaes.Create(SaeArchitecture.TopK, latents: 40, width: 10);
    private readonly Matrix _rows = TestSaes.Normal(Rows, 10, "rows", mean: 2);

    [Fact]
    public void An_evaluation_stops_with_the_view_of_its_workers() =>
        Assert.Throws<OperationCanceledException>(() => SaeEvaluator.Evaluate(
        _sae, new MatrixActivations(_rows), workers: Workers.Alone.Until(new CancellationToken(canceled: true))));

    [Fact]
    public void Held_out_rows_are_measured_and_all_rows_counted()
    {
        var source = new MatrixActivations(_rows);
        var split = new RowSplit(Rows, 0.1);
        using var workers = new Workers(2);

        var metrics = SaeEvaluator.EvaluateHeldOut(_sae, source, 0.1, deadThreshold: 0.1, workers);

        var (all, heldOut) = (
            SaeEvaluator.Evaluate(_sae, source, 0.1),
            SaeEvaluator.Evaluate(_sae, source, split.HeldOut, 0.1));
        Assert.Equal(all.FiringFrequencies, metrics.FiringFrequencies);
        Assert.InRange(all.DeadFraction, 0.01, 0.99);
        Assert.Equal(heldOut with { DeadFraction = all.DeadFraction, FiringFrequencies = metrics.FiringFrequencies }, metrics);

        _rows[split.Train[3], 4] = float.NaN;
        var error = Assert.Throws<NonFiniteActivationsException>(() => SaeEvaluator.EvaluateHeldOut(_sae, source, 0.1));
        Assert.Equal((split.Train[3], 4), (error.Row, error.Column));
    }

    [Theory]
    [InlineData(170, 10)]
    [InlineData(Rows, 1)]
    [InlineData(2 * Rows, 1)]
    public void Firing_frequencies_are_those_of_evenly_spaced_rows(int asked, int distance)
    {
        var source = new MatrixActivations(_rows);
        int[] spaced = [.. Enumerable.Range(0, Rows / distance).Select(n => n * distance)];
        using var workers = new Workers(2);

        var metrics = SaeEvaluator.EvaluateHeldOut(_sae, source, 0.1, deadThreshold: 0.1, workers, asked);

        var (all, some) = (SaeEvaluator.EvaluateHeldOut(_sae, source, 0.1, 0.1), SaeEvaluator.Evaluate(_sae, source, spaced, 0.1));
        Assert.Equal(some.FiringFrequencies, metrics.FiringFrequencies);
        Assert.Equal(all with { DeadFraction = some.DeadFraction, FiringFrequencies = metrics.FiringFrequencies }, metrics);
    }

    [Fact]
    public void Each_metric_follows_its_definition()
    {
        var metrics = SaeEvaluator.Evaluate(_sae, new MatrixActivations(_rows), deadThreshold: 0.05);
        var (x, r) = (Columns(_rows), Columns(Residual()));
        var codes = _sae.Encode(_rows);

        double Variance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2));
        var error = r.Sum(column => column.Sum(value => value * value));
        var total = x.Sum(Variance);
        var perRow = Enumerable.Range(0, Rows).Average(
            row => 1 - r.Sum(column => column[row] * column[row]) / x.Sum(column => Math.Pow(column[row] - column.Average(), 2)));

        Assert.Equal(1 - error / total, metrics.ExplainedVariance, 1e-5);
        Assert.Equal(error / Rows / 10, metrics.Mse, 1e-5);
        Assert.Equal(codes.AsSpan().ToArray().Count(value => value != 0) / (double)Rows, metrics.L0, 1e-12);
        Assert.Equal(codes.AsSpan().ToArray().Sum(value => (double)value) / Rows, metrics.L1, 1e-4);
        Assert.Equal(perRow, metrics.EvLegacy, 1e-4);
        Assert.Equal(1 - r.Sum(Variance) / total, metrics.FveResidualMeanRemoved, 1e-5);
        Assert.Equal(1 - error / x.Sum(column => column.Sum(value => value * value)), metrics.EvUncentred, 1e-5);
        Assert.Equal(
            1 - Variance([.. r.SelectMany(column => column)]) / Variance([.. x.SelectMany(column => column)]), metrics.EvPooledScalar,
            1e-5);
    }

    [Fact]
    public void The_published_variants_differ_where_the_mean_is_not_zero()
    {
        var metrics = SaeEvaluator.Evaluate(_sae, new MatrixActivations(_rows));
        double[] values =
        [
            metrics.ExplainedVariance, metrics.EvLegacy, metrics.FveResidualMeanRemoved, metrics.EvUncentred, metrics.EvPooledScalar,
        ];

        Assert.Equal(5, values.Select(value => Math.Round(value, 2)).Distinct().Count());
    }

    [Fact]
    public void Dead_latents_are_those_below_the_threshold()
    {
        var metrics = SaeEvaluator.Evaluate(_sae, new MatrixActivations(_rows), deadThreshold: 0.05);
        var codes = _sae.Encode(_rows);
        var fired = Enumerable.Range(0, 40).Select(latent => Enumerable.Range(0, Rows).Count(row => codes[row, latent] > 0)).ToArray();

        Assert.Equal(fired.Select(count => count / (double)Rows), metrics.FiringFrequencies);
        Assert.Equal(fired.Count(count => count < 0.05 * Rows) / 40.0, metrics.DeadFraction);
        Assert.InRange(metrics.DeadFraction, 0.01, 0.99);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using var workers = new Workers(2);
        var alone = SaeEvaluator.Evaluate(_sae, new MatrixActivations(_rows));
        var shared = SaeEvaluator.Evaluate(_sae, new MatrixActivations(_rows), workers: workers);

        Assert.Equal(
            alone with { FiringFrequencies = [] },
            shared with { FiringFrequencies = alone.FiringFrequencies } with { FiringFrequencies = [] });
        Assert.Equal(alone.FiringFrequencies, shared.FiringFrequencies);
    }

    private Matrix Residual()
    {
        var residual = _rows.Clone();
        var reconstruction = _sae.Reconstruct(_rows);
        Elementwise.Subtract(residual.AsSpan(), reconstruction.AsSpan());
        return residual;
    }

    private static double[][] Columns(Matrix matrix) =>
        [.. Enumerable.Range(0, matrix.Columns).Select(column =>
            Enumerable.Range(0, matrix.Rows).Select(row => (double)matrix[row, column]).ToArray())];
}
