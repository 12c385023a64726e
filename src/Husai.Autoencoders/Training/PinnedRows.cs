using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Training;

/// <summary>
/// Decoder rows that are given and kept, as in the original project's experiment on pinning. Encoder rows start and learn as ever.
/// </summary>
internal static class PinnedRows
{
    /// <summary>Puts the rows in the place of the first latents' initial ones.</summary>
    /// <param name="weights">The initial weights.</param>
    /// <param name="rows"><c>[pinned latents, width]</c>, or null for none.</param>
    /// <param name="options">What is trained.</param>
    /// <exception cref="ArgumentException">The rows do not fit, or the training would overwrite them.</exception>
    public static void Place(TrainingWeights weights, Matrix? rows, SaeOptions options)
    {
        if (rows is null)
        {
            return;
        }

        if (rows.Columns != weights.Width || rows.Rows > weights.Latents)
        {
            throw new ArgumentException(
                $"decoder rows {rows.Shape} cannot be pinned in a decoder of [{weights.Latents}, {weights.Width}]", nameof(rows));
        }

        if (options.ResampleEvery > 0)
        {
            throw new ArgumentException("resampling would overwrite pinned decoder rows: resample_every must be 0", nameof(options));
        }

        if (options.InputScaling == "whiten")
        {
            throw new ArgumentException(
                "rows are pinned as they lie among the activations: input_scaling cannot be whiten", nameof(options));
        }

        for (var latent = 0; latent < rows.Rows; latent++)
        {
            rows.Row(latent).CopyTo(weights.Decoder.Values.Row(latent));
        }
    }
}
