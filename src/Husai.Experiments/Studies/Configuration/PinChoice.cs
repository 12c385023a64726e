using Husai.Analysis.Similarity;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Which decoder rows of an SAE others are pinned to.</summary>
internal enum PinChoice
{
    /// <summary>Those of the first latents.</summary>
    First,

    /// <summary>Those of the latents with the largest mean |value| on the first 2,000 rows of activations, as the original did.</summary>
    MostActive,
}

internal static class PinChoices
{
    private const int RowsLookedAt = 2000;

    /// <summary>The chosen rows, <c>[count, width]</c>; of equally active latents the lower comes first.</summary>
    public static Matrix Rows(this PinChoice choice, Sae reference, IActivationSource activations, int count)
    {
        if (choice == PinChoice.First)
        {
            return reference.Decoder.SliceRows(0, count);
        }

        var rows = new Matrix(Math.Min(RowsLookedAt, activations.Rows), activations.Width);
        activations.CopyRows(Enumerable.Range(0, rows.Rows).ToArray(), rows);
        var codes = reference.Encode(rows);
        var sums = new double[reference.Latents];
        for (var row = 0; row < codes.Rows; row++)
        {
            for (var latent = 0; latent < sums.Length; latent++)
            {
                sums[latent] += Math.Abs(codes[row, latent]);
            }
        }

        int[] latents = [.. Enumerable.Range(0, sums.Length).OrderByDescending(latent => sums[latent]).Take(count)];
        return new LatentSelection(latents, 0, 0).RowsOf(reference.Decoder);
    }
}
