using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Formats.Activations;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Training;

public sealed class InputNormalisationTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_constant_in_the_data_leaves_no_latents_dead_and_changes_no_explained_variance(float constant)
    {
        var options = new SaeOptions { Latents = 64, K = 4, Epochs = 60, BatchSize = 128, EvaluateEvery = 0, LearningRate = 0.001 };

        var metrics = new SaeTrainer(options, new MatrixActivations(WithConstant(constant))).Train().Metrics;

        // Seeds differ by .014. What is left between constants is rounding, which training amplifies.
        Assert.Equal(0.799, metrics.ExplainedVariance, 4e-3);
        Assert.Equal(0, metrics.DeadFraction);
    }

    [Theory]
    [InlineData("mean")]
    [InlineData("median")]
    public void The_factor_is_measured_after_the_bias_is_taken_off(string start)
    {
        var (without, with) = (Normalisation(WithConstant(0), start), Normalisation(WithConstant(1000), start));

        Assert.Equal(without.Scale, with.Scale, 1e-4 * without.Scale);
        Assert.Equal(without.DecoderBias[2] + 1000, with.DecoderBias[2], 1e-3);
        Assert.Equal(without.DecoderBias[3], with.DecoderBias[3], 1e-5);
    }

    [Fact]
    public void Without_a_bias_the_factor_is_measured_on_the_rows_as_they_are()
    {
        var rows = Matrix.From(2, 4, [3, 0, 4, 0, 0, 0, 0, 15]);

        Assert.Equal(2f / 10, Normalisation(rows, "zero").Scale);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(3.7f)]
    [InlineData(-1e7f)]
    public void Rows_that_are_all_the_same_are_not_scaled(float value)
    {
        var rows = new Matrix(30, 5);
        rows.AsSpan().Fill(value);

        Assert.All((string[])["mean", "median"], start => Assert.Equal(1, Normalisation(rows, start).Scale));
    }

    private static Matrix WithConstant(float constant)
    {
        var rows = ActivationFile.Read(Path.Combine(AppContext.BaseDirectory, "Oracles", "cases", "mean-offset", "m0.npy"));
        for (var row = 0; row < rows.Rows; row++)
        {
            rows[row, 2] += constant;
        }

        return rows;
    }

    private static InputNormalisation Normalisation(Matrix rows, string start)
    {
        var options = new SaeOptions { InputScaling = "norm", DecoderBiasStart = start };
        return new InputNormalisation(
            ResolvedOptions.Resolve(options, rows.Columns, rows.Rows),
            new ActivationStatistics(new MatrixActivations(rows), [.. Enumerable.Range(0, rows.Rows)]));
    }
}
