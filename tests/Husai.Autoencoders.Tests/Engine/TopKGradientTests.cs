using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>
/// A TopK step on enough rows and latents for several blocks, groups and chunks: its gradients against plain double-precision sums, its
/// bits over threads and instruction tiers.
/// </summary>
[RunsOnEveryTier]
public sealed class TopKGradientTests
{
    private const int K = 5;

    [Theory]
    [InlineData(70, 150, 20)]
    [InlineData(1100, 300, 128)]
    public void Gradients_are_the_plain_sums_over_active_latents(int rows, int latents, int width)
    {
        var weights = Weights(latents, width);
        var (encoder, decoder) = (weights.Encoder.Values.Clone(), weights.Decoder.Values.Clone());
        var batch = Normal(rows, width, "rows");

        new CpuEngine(Settings(rows), weights, Workers.Alone).Step(batch, new StepSettings(1e-3, K, 1));

        var (encoderGradient, decoderGradient) = Plain(batch, encoder, decoder, latents, width);
        AssertGradient(encoderGradient, weights.Encoder, width);
        AssertGradient(decoderGradient, weights.Decoder, width);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using var workers = new Workers(3);
        Assert.Equal(Hash(Workers.Alone), Hash(workers));
    }

    [SameOnEveryTier]
    internal static string Hash() => Hash(Workers.Alone);

    [SameOnEveryTier]
    internal static string HashOfHeldDecoder() => Hash(Workers.Alone, FrozenPart.DecoderSoft, learningRate: 0.1);

    private static string Hash(Workers workers, FrozenPart frozen = FrozenPart.None, double learningRate = 1e-3)
    {
        var weights = Weights(300, 128);

        // Latents that the first batch does not fire count as dead from then on and reconstruct the residual.
        var settings = Settings(1100) with
        {
            AuxiliaryCoefficient = 1.0 / 32,
            AuxiliaryK = 7,
            DeadAfterRows = 1100,
            ProjectsDecoderGradient = true,
        };
        var engine = new CpuEngine(FrozenWeights.Hold(settings, weights, frozen), weights, workers);
        for (var step = 0; step < 4; step++)
        {
            engine.Step(Normal(step == 1 ? 77 : 1100, 128, $"batch {step}"), new StepSettings(learningRate, 2, 1));
        }

        return string.Join(' ', weights.Parameters.Select(
            parameter => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(parameter.Values.AsSpan())))));
    }

    private static EngineSettings Settings(int rows) => new()
    {
        Method = new TopKMethod(),
        BatchSize = rows,
        ReconstructionWeight = 0.5,
        ProjectsDecoderGradient = false,
    };

    private static TrainingWeights Weights(int latents, int width)
    {
        var weights = new TrainingWeights(new TopKMethod(), latents, width);
        weights.Encoder.Values.SliceColumns(0, width).CopyFrom(Normal(latents, width, "encoder"));
        weights.Decoder.Values.SliceColumns(0, width).CopyFrom(Normal(latents, width, "decoder"));
        return weights;
    }

    private static Matrix Normal(int rows, int width, string purpose)
    {
        var result = new Matrix(rows, width);
        new RandomStream(3, purpose).FillNormal(result.AsSpan());
        return result;
    }

    // Loss: half of the squared error, mean over rows, biases zero.
    private static (double[,] Encoder, double[,] Decoder) Plain(Matrix batch, Matrix encoder, Matrix decoder, int latents, int width)
    {
        var (encoderGradient, decoderGradient) = (new double[latents, width], new double[latents, width]);
        for (var row = 0; row < batch.Rows; row++)
        {
            var input = batch.Row(row).ToArray();
            double Dot(Matrix matrix, int latent, IReadOnlyList<double> vector) =>
                Enumerable.Range(0, width).Sum(column => matrix[latent, column] * vector[column]);
            var active = Enumerable.Range(0, latents)
                .Select(latent => (Latent: latent, Value: Dot(encoder, latent, [.. input.Select(value => (double)value)])))
                .Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).Take(K).ToArray();
            var residual = Enumerable.Range(0, width)
                .Select(column => (active.Sum(entry => entry.Value * decoder[entry.Latent, column]) - input[column]) / batch.Rows)
                    .ToArray();
            foreach (var (latent, value) in active)
            {
                var gradient = Dot(decoder, latent, residual);
                for (var column = 0; column < width; column++)
                {
                    decoderGradient[latent, column] += value * residual[column];
                    encoderGradient[latent, column] += gradient * input[column];
                }
            }
        }

        return (encoderGradient, decoderGradient);
    }

    // The first moment of Adam after one step is a tenth of the gradient.
    private static void AssertGradient(double[,] expected, Parameter parameter, int width)
    {
        var largest = expected.Cast<double>().Max(Math.Abs);
        for (var row = 0; row < expected.GetLength(0); row++)
        {
            for (var column = 0; column < width; column++)
            {
                Assert.Equal(expected[row, column] / largest, parameter.FirstMoment[row, column] * 10 / largest, 1e-4);
            }
        }
    }
}
