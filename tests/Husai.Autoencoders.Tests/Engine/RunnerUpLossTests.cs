using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Testing.Tiers;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>A TopK step with the loss on runners-up: its gradients against finite differences of a plain loss, its bits.</summary>
[RunsOnEveryTier]
public sealed class RunnerUpLossTests
{
    private const int K = 3;
    private const double Weight = 0.5;
    private const double Coefficient = 0.01;

    // A change this small moves no latent into or out of a row's choice, and rounds away nothing in double precision.
    private const double Change = 1e-6;

    [Theory]
    [InlineData(40, 30, 8, true)]
    [InlineData(70, 100, 20, true)]
    [InlineData(40, 30, 8, false)]
    public void Loss_and_gradients_are_those_of_the_plain_loss(int rows, int latents, int width, bool hasDecoderBias)
    {
        var weights = Weights(latents, width);
        var plain = weights.Parameters.Select(parameter => Plain(parameter)).ToArray();
        var batch = Normal(rows, width, "rows");

        var measured = new CpuEngine(Settings(rows) with { HasDecoderBias = hasDecoderBias }, weights, Workers.Alone)
            .Step(batch, new StepSettings(1e-3, K, 1));

        var (reconstruction, auxiliary) = Loss(batch, plain, latents, width);
        Assert.Equal(reconstruction, measured.ReconstructionLoss, 1e-5 * reconstruction);
        Assert.Equal(auxiliary, measured.AuxiliaryLoss, 1e-5 * auxiliary);
        var random = new RandomStream(5, "coordinates");
        foreach (var (parameter, values) in weights.Parameters.Zip(plain))
        {
            var largest = parameter.FirstMoment.AsSpan().ToArray().Max(Math.Abs) * 10;
            for (var n = 0; n < 25; n++)
            {
                var (row, column) = (random.NextInt32(values.GetLength(0)), random.NextInt32(values.GetLength(1)));
                var expected = parameter.Name == "decoder_bias" && !hasDecoderBias ? 0 : Difference(values, row, column);

                // The first moment of Adam after one step is a tenth of the gradient.
                Assert.Equal(expected, parameter.FirstMoment[row, column] * 10, 2e-4 * Math.Max(largest, 1e-6));
            }
        }

        double Difference(double[,] values, int row, int column)
        {
            var value = values[row, column];
            values[row, column] = value + Change;
            var above = Sum(Loss(batch, plain, latents, width));
            values[row, column] = value - Change;
            var below = Sum(Loss(batch, plain, latents, width));
            values[row, column] = value;
            return (above - below) / (2 * Change);
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using var workers = new Workers(3);
        Assert.Equal(Hash(Workers.Alone), Hash(workers));
    }

    [SameOnEveryTier]
    internal static string Hash() => Hash(Workers.Alone);

    private static string Hash(Workers workers)
    {
        var weights = Weights(300, 128);
        var engine = new CpuEngine(Settings(1100), weights, workers);
        for (var step = 0; step < 3; step++)
        {
            engine.Step(Normal(step == 1 ? 77 : 1100, 128, $"batch {step}"), new StepSettings(1e-3, 5, 1));
        }

        return string.Join(' ', weights.Parameters.Select(
            parameter => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(parameter.Values.AsSpan())))));
    }

    private static EngineSettings Settings(int rows) => new()
    {
        Method = new TopKMethod(),
        BatchSize = rows,
        ReconstructionWeight = Weight,
        RunnerUpCoefficient = Coefficient,
        ProjectsDecoderGradient = false,
        NormalisesDecoder = false,
    };

    private static TrainingWeights Weights(int latents, int width)
    {
        var weights = new TrainingWeights(new TopKMethod(), latents, width);
        foreach (var parameter in weights.Parameters)
        {
            parameter.Values.SliceColumns(0, parameter.Columns).CopyFrom(
                Normal(parameter.Values.Rows, parameter.Columns, parameter.Name));
        }

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

    private static double Sum((double Reconstruction, double Auxiliary) losses) => losses.Reconstruction + losses.Auxiliary;

    private static (double Reconstruction, double Auxiliary) Loss(Matrix batch, double[][,] parameters, int latents, int width)
    {
        var (encoder, decoder, encoderBias, decoderBias) = (parameters[0], parameters[1], parameters[2], parameters[3]);
        double reconstruction = 0, auxiliary = 0;
        for (var row = 0; row < batch.Rows; row++)
        {
            double PreActivation(int latent) => encoderBias[0, latent] + Enumerable.Range(0, width).Sum(
                column => encoder[latent, column] * (batch[row, column] - decoderBias[0, column]));
            var all = Enumerable.Range(0, latents).Select(latent => (Latent: latent, Value: PreActivation(latent))).ToArray();
            var chosen = all.Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).Take(K).ToArray();
            var runnersUp = all.Except(chosen).Select(entry => Math.Abs(entry.Value)).OrderDescending().Take(K).Sum();
            var error = Enumerable.Range(0, width).Sum(column => Math.Pow(
                chosen.Sum(entry => entry.Value * decoder[entry.Latent, column]) + decoderBias[0, column] - batch[row, column], 2));
            reconstruction += Weight * error / batch.Rows;
            auxiliary += Coefficient * error * runnersUp / batch.Rows;
        }

        return (reconstruction, auxiliary);
    }
}
