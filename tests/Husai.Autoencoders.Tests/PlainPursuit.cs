using Husai.Autoencoders.Model;

namespace Husai.Autoencoders.Tests;

/// <summary>Matching pursuit as its definition says it: each step looks at what is left, in double precision.</summary>
internal static class PlainPursuit
{
    public static double[] Code(Sae sae, double[] centred)
    {
        var rows = new double[sae.Latents, sae.Width];
        for (var latent = 0; latent < sae.Latents; latent++)
        {
            for (var column = 0; column < sae.Width; column++)
            {
                rows[latent, column] = sae.Decoder[latent, column];
            }
        }

        return Code(rows, centred, sae.K, out _);
    }

    /// <summary>The code, and what is left of the input.</summary>
    public static double[] Code(double[,] rows, double[] input, int steps, out double[] left)
    {
        var (latents, width) = (rows.GetLength(0), rows.GetLength(1));
        var code = new double[latents];
        var rest = input.ToArray();
        for (var step = 0; step < steps; step++)
        {
            double Product(int latent) => Enumerable.Range(0, width).Sum(column => rows[latent, column] * rest[column]);
            var products = Enumerable.Range(0, latents).Select(Product).ToArray();
            var chosen = Array.IndexOf(products, products.Max());
            var value = Math.Max(products[chosen], 0);
            code[chosen] += value;
            for (var column = 0; column < width; column++)
            {
                rest[column] -= value * rows[chosen, column];
            }
        }

        left = rest;
        return code;
    }
}
