using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>The Fourier spectrum of an embedding over the p numbers that it embeds (Nanda et al. 2023, section 4.1).</summary>
internal static class EmbeddingSpectrum
{
    /// <summary>
    /// Sum of squares of the embedding in the plane of each frequency, over all columns; they sum to that of the rows of the numbers.
    /// </summary>
    /// <param name="embedding">Rows of at least the p numbers, <c>[tokens, width]</c>; further rows are not read.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <returns>Of the frequencies 0 .. (p - 1) / 2.</returns>
    /// <exception cref="ArgumentException">There are fewer rows than numbers.</exception>
    public static double[] Powers(Matrix embedding, int modulus)
    {
        ArgumentNullException.ThrowIfNull(embedding);
        if (embedding.Rows < modulus)
        {
            throw new ArgumentException($"an embedding of {embedding.Shape} has no rows for {modulus} numbers", nameof(embedding));
        }

        var basis = new FourierWaves(modulus).Basis();
        var powers = new double[modulus / 2 + 1];
        for (var wave = 0; wave < modulus; wave++)
        {
            for (var column = 0; column < embedding.Columns; column++)
            {
                var sum = 0.0;
                for (var x = 0; x < modulus; x++)
                {
                    sum += basis[wave, x] * embedding[x, column];
                }

                powers[(wave + 1) / 2] += sum * sum;
            }
        }

        return powers;
    }

    /// <summary>
    /// Norm of the embedding's sums with the waves cos(2 pi k x / p) and sin(2 pi k x / p), which are not of length 1: root(p / 2) of the
    /// root of <see cref="Powers"/>.
    /// </summary>
    /// <param name="embedding">Rows of at least the p numbers, <c>[tokens, width]</c>; further rows are not read.</param>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <returns>Of the frequencies 1 .. (p - 1) / 2.</returns>
    /// <exception cref="ArgumentException">There are fewer rows than numbers.</exception>
    public static double[] Norms(Matrix embedding, int modulus) =>
        [.. Powers(embedding, modulus).Skip(1).Select(power => Math.Sqrt(modulus / 2.0 * power))];
}
