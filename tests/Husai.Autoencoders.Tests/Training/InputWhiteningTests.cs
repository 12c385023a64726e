using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Decompositions;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Training;

public sealed class InputWhiteningTests
{
    private const int Width = 6;
    private readonly Matrix _rows = CorrelatedRows();
    private readonly ActivationStatistics _statistics;
    private readonly InputWhitening _whitening;

    public InputWhiteningTests()
    {
        _statistics = new ActivationStatistics(new MatrixActivations(_rows), [.. Enumerable.Range(0, _rows.Rows)]);
        _whitening = new InputWhitening(_statistics, Workers.Alone);
    }

    [Fact]
    public void A_direction_of_variance_v_gets_v_over_v_plus_the_ridge()
    {
        var mapped = new Matrix(_rows.Rows, Width);
        _whitening.Map(mapped, _rows);
        var before = SymmetricEigen.Of(Covariance(_rows, _statistics.Mean));
        var after = new ActivationStatistics(new MatrixActivations(mapped), [.. Enumerable.Range(0, mapped.Rows)]);
        var covariance = Covariance(mapped, after.Mean);
        var ridge = InputWhitening.RidgeShare * _statistics.Variance / Width;
        for (var axis = 0; axis < Width; axis++)
        {
            var variance = 0.0;
            for (var i = 0; i < Width; i++)
            {
                for (var j = 0; j < Width; j++)
                {
                    variance += before.Vectors[axis, i] * covariance[i, j] * before.Vectors[axis, j];
                }
            }

            Assert.Equal(before.Values[axis] / (before.Values[axis] + ridge), variance, 1e-4);
        }
    }

    [Fact]
    public void Encoder_and_decoder_rows_are_mapped_back()
    {
        var random = new RandomStream(9, "test");
        var directions = new Matrix(3, Width);
        random.FillNormal(directions, null);
        var mapped = new Matrix(_rows.Rows, Width);
        _whitening.Map(mapped, _rows);
        var encoder = _whitening.EncoderBack(directions);
        var there = new Matrix(3, Width);
        _whitening.Map(there, _whitening.DecoderBack(directions));
        for (var latent = 0; latent < 3; latent++)
        {
            for (var row = 0; row < 50; row++)
            {
                Assert.Equal(Product(directions.Row(latent), mapped.Row(row)), Product(encoder.Row(latent), _rows.Row(row)), 1e-3);
            }

            for (var column = 0; column < Width; column++)
            {
                Assert.Equal(directions[latent, column], there[latent, column], 1e-4);
            }
        }
    }

    [Fact]
    public void A_trained_sae_takes_the_activations_as_they_are()
    {
        var options = new SaeOptions { Latents = 24, K = 3, Epochs = 30, BatchSize = 64, LearningRate = 3e-3, EvaluateEvery = 0 };
        var source = new MatrixActivations(_rows);
        var plain = new SaeTrainer(options, source).Train().Metrics;
        var whitened = new SaeTrainer(options with { InputScaling = "whiten" }, source).Train().Metrics;
        Assert.InRange(plain.ExplainedVariance, 0.8, 1);
        Assert.InRange(whitened.ExplainedVariance, 0.5, 1);
    }

    [Fact]
    public void Activations_that_do_not_vary_are_refused()
    {
        var options = new SaeOptions { Latents = 4, K = 1, InputScaling = "whiten" };
        var source = new MatrixActivations(new Matrix(50, 3));
        Assert.Contains(
            "do not vary", Assert.Throws<ArgumentException>(() => new SaeTrainer(options, source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_cannot_be_pinned_among_whitened_activations()
    {
        var options = new SaeOptions { Latents = 4, K = 1, InputScaling = "whiten" };
        Assert.Contains(
            "input_scaling cannot be whiten",
            Assert.Throws<ArgumentException>(() =>
                new SaeTrainer(options, new MatrixActivations(_rows), pinnedDecoder: new Matrix(1, Width))).Message,
            StringComparison.Ordinal);
    }

    private static double[,] Covariance(Matrix rows, double[] mean)
    {
        var values = new double[Width, Width];
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var i = 0; i < Width; i++)
            {
                for (var j = 0; j < Width; j++)
                {
                    values[i, j] += (rows[row, i] - mean[i]) * (rows[row, j] - mean[j]) / rows.Rows;
                }
            }
        }

        return values;
    }

    private static double Product(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0.0;
        for (var i = 0; i < left.Length; i++)
        {
            sum += (double)left[i] * right[i];
        }

        return sum;
    }

    private static Matrix CorrelatedRows()
    {
        var random = new RandomStream(4, "test");
        var rows = new Matrix(2000, Width);
        var noise = new float[Width];
        for (var row = 0; row < rows.Rows; row++)
        {
            random.FillNormal(noise);
            for (var column = 0; column < Width; column++)
            {
                rows[row, column] = 3 + noise[0] * (column + 1) + noise[1] * (column % 2) + 0.3f * noise[column];
            }
        }

        return rows;
    }
}
