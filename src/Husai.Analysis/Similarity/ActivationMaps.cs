using Husai.Autoencoders.Model;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Similarity;

/// <summary>
/// Latents by what they do instead of where they write: the Pearson correlation of two latents' activations over the same rows (Bricken et
/// al. 2023) is the cosine of their centred maps, so maps are compared like dictionaries. This similarity is not inflated by activations of
/// low rank.
/// </summary>
/// <param name="Latents">The latents that have a map, ascending.</param>
/// <param name="Dictionary">Their centred maps as rows, <c>[latents, rows]</c>.</param>
internal sealed record ActivationMaps(int[] Latents, LatentDictionary Dictionary)
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
            Centre(centred.Row(latent));
        }

        return new LatentDictionary(name, centred, null, firingFrequencies);
    }

    /// <summary>The maps of an SAE over some rows.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="sae">The SAE.</param>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="latents">Which latents; by default those whose activation is not constant.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">All latents are constant over the rows.</exception>
    public static ActivationMaps Of(
        string name, Sae sae, Matrix activations, int[]? latents = null, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(sae);
        ArgumentNullException.ThrowIfNull(activations);
        var codes = sae.Encode(activations, workers);
        latents ??= Varying(codes);
        if (latents.Length == 0)
        {
            throw new ArgumentException($"{name}: every latent has the same activation on all of the {activations.Rows} rows; it cannot "
                + "be correlated");
        }

        var maps = new Matrix(latents.Length, codes.Rows);
        for (var row = 0; row < codes.Rows; row++)
        {
            var code = codes.Row(row);
            for (var index = 0; index < latents.Length; index++)
            {
                maps[index, row] = code[latents[index]];
            }
        }

        for (var index = 0; index < latents.Length; index++)
        {
            Centre(maps.Row(index));
        }

        return new ActivationMaps(latents, new LatentDictionary(name, maps));
    }

    private static int[] Varying(Matrix codes)
    {
        var first = codes.Row(0);
        var isVarying = new bool[codes.Columns];
        for (var row = 1; row < codes.Rows; row++)
        {
            var code = codes.Row(row);
            for (var latent = 0; latent < isVarying.Length; latent++)
            {
                isVarying[latent] |= code[latent] != first[latent];
            }
        }

        return [.. Enumerable.Range(0, isVarying.Length).Where(latent => isVarying[latent])];
    }

    private static void Centre(Span<float> map)
    {
        var mean = Reductions.Sum(map) / map.Length;
        var isConstant = map.IndexOfAnyExcept(map[0]) < 0;
        for (var i = 0; i < map.Length; i++)
        {
            map[i] = isConstant ? 0 : (float)(map[i] - mean);
        }
    }
}
