using Husai.Autoencoders.Model;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests;

/// <summary>Small random SAEs, one of each kind.</summary>
internal static class TestSaes
{
    public static Matrix Normal(int rows, int columns, string purpose, float mean = 0)
    {
        var result = new Matrix(rows, columns);
        new RandomStream(7, purpose).FillNormal(result.AsSpan(), mean);
        return result;
    }

    public static Sae Create(SaeArchitecture architecture, int latents = 40, int width = 10)
    {
        var encoder = Normal(latents, width, "encoder");
        var decoder = Normal(latents, width, "decoder");
        var bias = Vector(latents, "bias");
        var decoderBias = Vector(width, "decoder bias");
        return architecture switch
        {
            SaeArchitecture.Standard => Sae.Standard(encoder, decoder, bias, decoderBias),
            SaeArchitecture.TopK => Sae.TopK(encoder, decoder, bias, decoderBias, 5),
            SaeArchitecture.JumpRelu => Sae.JumpRelu(encoder, decoder, bias, decoderBias, Vector(latents, "threshold")),
            SaeArchitecture.MatchingPursuit => Sae.MatchingPursuit(UnitRows(decoder), decoderBias, 5),
            _ => Sae.Gated(encoder, decoder, bias, decoderBias, Vector(latents, "magnitude"), Vector(latents, "scale")),
        };
    }

    public static TheoryData<SaeArchitecture> Architectures => [.. Enum.GetValues<SaeArchitecture>()];

    private static Matrix UnitRows(Matrix rows)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            Elementwise.Scale(rows.Row(row), (float)(1 / Math.Sqrt(Reductions.SumOfSquares(rows.Row(row)))));
        }

        return rows;
    }

    private static float[] Vector(int length, string purpose) => Normal(1, length, purpose).AsSpan().ToArray();
}
