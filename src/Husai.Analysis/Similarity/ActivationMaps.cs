using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>
/// Latents by what they do instead of where they write: the Pearson correlation of two latents' activations over the same rows (Bricken et al. 2023) is the cosine of their
/// centred maps, so maps are compared like dictionaries. This similarity is not inflated by activations of low rank.
/// </summary>
public static class ActivationMaps
{
    /// <summary>The centred maps as a dictionary; constant maps become zero rows, which comparisons leave out and count.</summary>
    /// <param name="name">How results call it.</param>
    /// <param name="maps"><c>[latents, rows]</c>, one map a row.</param>
    /// <param name="firingFrequencies">For each latent the share of rows on which it fires, or null.</param>
    public static LatentDictionary Centred(string name, Matrix maps, double[]? firingFrequencies = null)
    {
        ArgumentNullException.ThrowIfNull(maps);
        var centred = maps.Clone();
        for (var latent = 0; latent < centred.Rows; latent++)
        {
            var map = centred.Row(latent);
            var mean = Reductions.Sum(map) / map.Length;
            var isConstant = map.IndexOfAnyExcept(map[0]) < 0;
            for (var i = 0; i < map.Length; i++)
            {
                map[i] = isConstant ? 0 : (float)(map[i] - mean);
            }
        }

        return new LatentDictionary(name, centred, null, firingFrequencies);
    }

    /// <summary>A null: each map over the inputs (a, b) moved by a random step in a and one in b, which keeps its shape and breaks its meaning.</summary>
    /// <param name="maps"><c>[latents, p²]</c>.</param>
    /// <param name="modulus">The modulus p.</param>
    /// <param name="stream">Where the steps come from.</param>
    /// <exception cref="ArgumentException">The maps do not have p² values.</exception>
    public static Matrix CircularlyShifted(Matrix maps, int modulus, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(stream);
        if (maps.Columns != (long)modulus * modulus)
        {
            throw new ArgumentException($"maps are {maps.Shape} where [latents, {modulus}²] is needed", nameof(maps));
        }

        var result = new Matrix(maps.Rows, maps.Columns);
        for (var latent = 0; latent < maps.Rows; latent++)
        {
            int stepA = stream.NextInt32(modulus), stepB = stream.NextInt32(modulus);
            for (var a = 0; a < modulus; a++)
            {
                for (var b = 0; b < modulus; b++)
                {
                    result.Row(latent)[(a + stepA) % modulus * modulus + (b + stepB) % modulus] = maps.Row(latent)[a * modulus + b];
                }
            }
        }

        return result;
    }
}
