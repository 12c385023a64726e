using Husai.Autoencoders.Model;
using Husai.Explorer.Saes;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Explorer.Tests;

public sealed class LatentFiringTests
{
    [Theory]
    [InlineData(49, 7)]
    [InlineData(50, null)]
    [InlineData(2500, 50)]
    public void It_has_the_codes_of_all_rows(int rows, int? modulus)
    {
        var activations = Random(rows, 6, "rows");
        var sae = Sae.TopK(Random(20, 6, "encoder"), Random(20, 6, "decoder"), new float[20], new float[6], 3);
        var firing = LatentFiring.Of(sae, activations, Workers.Alone);
        var codes = sae.Encode(activations);

        Assert.Equal(modulus, firing.Modulus);
        for (var latent = 0; latent < sae.Latents; latent++)
        {
            Assert.Equal(Enumerable.Range(0, rows).Select(row => codes[row, latent]), firing.Map(latent));
        }
    }

    private static Matrix Random(int rows, int columns, string purpose)
    {
        var matrix = new Matrix(rows, columns);
        new RandomStream(1, purpose).FillNormal(matrix.AsSpan());
        return matrix;
    }
}
