using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>A step of matching pursuit: its gradients against finite differences of a plain loss, its bits.</summary>
[RunsOnEveryTier]
public sealed class PursuitEngineTests
{
    private const double Weight = 0.5;
    private const double Change = 1e-6;

    [Theory]
    [InlineData(40, 30, 8, 3, true)]
    [InlineData(70, 100, 20, 7, true)]
    [InlineData(33, 12, 16, 9, false)]
    public void Loss_and_gradients_are_those_of_the_plain_loss(int rows, int latents, int width, int steps, bool hasDecoderBias)
    {
        var weights = Weights(latents, width);
        var (dictionary, bias) = (Plain(weights.Decoder), Plain(weights.DecoderBias));
        var batch = Normal(rows, width, "rows");

        var measured = new PursuitEngine(Settings(rows) with { HasDecoderBias = hasDecoderBias }, weights, Workers.Alone)
            .Step(batch, new StepSettings(1e-3, steps, 1));

        Assert.Equal(Loss(out var l0), measured.ReconstructionLoss, 1e-5 * measured.ReconstructionLoss);
        Assert.Equal(l0, measured.L0, 1e-12);
        var random = new RandomStream(5, "coordinates");
        var largest = weights.Decoder.FirstMoment.AsSpan().ToArray().Max(Math.Abs) * 10;
        for (var n = 0; n < 60; n++)
        {
            var (row, column) = (random.NextInt32(latents), random.NextInt32(width));
            Assert.Equal(Difference(dictionary, row, column), weights.Decoder.FirstMoment[row, column] * 10, 3e-4 * largest);
            Assert.Equal(
                hasDecoderBias ? Difference(bias, 0, column) : 0, weights.DecoderBias.FirstMoment[0, column] * 10, 3e-4 * largest);
        }

        Assert.Equal(weights.Decoder.Values.AsSpan(), weights.Encoder.Values.AsSpan());
        Assert.True(weights.EncoderBias.Values.AsSpan().ToArray().All(value => value == 0));

        double Loss(out double active)
        {
            var (error, count) = (0.0, 0);
            for (var row = 0; row < rows; row++)
            {
                double[] input = [.. Enumerable.Range(0, width).Select(column => batch[row, column] - bias[0, column])];
                count += PlainPursuit.Code(dictionary, input, steps, out var left).Count(value => value > 0);
                error += left.Sum(value => value * value);
            }

            active = (double)count / rows;
            return Weight * error / rows;
        }

        double Difference(double[,] values, int row, int column)
        {
            var value = values[row, column];
            values[row, column] = value + Change;
            var above = Loss(out _);
            values[row, column] = value - Change;
            var below = Loss(out _);
            values[row, column] = value;
            return (above - below) / (2 * Change);
        }
    }

    [Fact]
    public void A_bound_on_the_gradient_scales_it()
    {
        TrainingWeights Step(double bound)
        {
            var weights = Weights(50, 12);
            new PursuitEngine(Settings(40) with { GradientClipNorm = bound }, weights, Workers.Alone)
                .Step(Normal(40, 12, "rows"), new StepSettings(1e-3, 4, 1));
            return weights;
        }

        static double Norm(TrainingWeights weights) => 10 * Math.Sqrt(weights.Parameters.Sum(
            parameter => parameter.FirstMoment.AsSpan().ToArray().Sum(value => (double)value * value)));

        var norm = Norm(Step(0));
        Assert.Equal(norm / 4, Norm(Step(norm / 4)), 1e-5 * norm);
        Assert.Equal(Step(0).Decoder.Values.AsSpan(), Step(2 * norm).Decoder.Values.AsSpan());
    }

    [Fact]
    public void Rows_of_length_one_keep_it()
    {
        var weights = Weights(50, 12);
        new PursuitEngine(Settings(40) with { NormalisesDecoder = true }, weights, Workers.Alone)
            .Step(Normal(40, 12, "rows"), new StepSettings(1e-2, 4, 1));

        Assert.All(
            Enumerable.Range(0, 50),
            latent => Assert.Equal(1, weights.Decoder.Values.Row(latent).ToArray().Sum(value => (double)value * value), 1e-5));
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using var workers = new Workers(3);
        Assert.Equal(Hash(Workers.Alone), Hash(workers));
    }

    [Fact]
    public void More_latents_than_there_is_memory_for_are_refused() => Assert.Contains(
        "of at most 16384", Assert.Throws<ArgumentException>(() => new PursuitProducts(20_000)).Message, StringComparison.Ordinal);

    [SameOnEveryTier]
    internal static string Hash() => Hash(Workers.Alone);

    private static string Hash(Workers workers)
    {
        var weights = Weights(300, 128);
        var engine = new PursuitEngine(Settings(400), weights, workers);
        for (var step = 0; step < 3; step++)
        {
            engine.Step(Normal(step == 1 ? 77 : 400, 128, $"batch {step}"), new StepSettings(1e-3, 5, 1));
        }

        return string.Join(' ', weights.Parameters.Select(
            parameter => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(parameter.Values.AsSpan())))));
    }

    private static EngineSettings Settings(int rows) => new()
    {
        Method = new MatchingPursuitMethod(),
        BatchSize = rows,
        ReconstructionWeight = Weight,
        ProjectsDecoderGradient = false,
        NormalisesDecoder = false,
    };

    // Rows of a length near 1, not 1: a latent may be chosen again.
    private static TrainingWeights Weights(int latents, int width)
    {
        var weights = new TrainingWeights(new MatchingPursuitMethod(), latents, width);
        var rows = Normal(latents, width, "decoder");
        for (var latent = 0; latent < latents; latent++)
        {
            var norm = Math.Sqrt(rows.Row(latent).ToArray().Sum(value => (double)value * value));
            for (var column = 0; column < width; column++)
            {
                weights.Decoder.Values[latent, column] = (float)(rows[latent, column] / norm * (0.6 + latent % 5 * 0.1));
            }
        }

        weights.Encoder.Values.CopyFrom(weights.Decoder.Values);
        weights.DecoderBias.Values.SliceColumns(0, width).CopyFrom(Normal(1, width, "bias"));
        return weights;
    }

    private static Matrix Normal(int rows, int width, string purpose)
    {
        var result = new Matrix(rows, width);
        new RandomStream(3, purpose).FillNormal(result.AsSpan());
        return result;
    }

    private static double[,] Plain(Parameter parameter)
    {
        var values = new double[parameter.Values.Rows, parameter.Columns];
        for (var row = 0; row < values.GetLength(0); row++)
        {
            for (var column = 0; column < values.GetLength(1); column++)
            {
                values[row, column] = parameter.Values[row, column];
            }
        }

        return values;
    }
}
