using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Training.Starts;

/// <summary>Directions that are given to start from, such as those that other SAEs have found.</summary>
internal static class GivenDirections
{
    /// <summary>Puts the rows in the place of the first latents' initial ones, in decoder and encoder.</summary>
    /// <param name="weights">The initial weights.</param>
    /// <param name="rows"><c>[latents, width]</c>, or null for none.</param>
    /// <param name="options">What is trained.</param>
    /// <exception cref="ArgumentException">The rows do not fit.</exception>
    public static void Place(TrainingWeights weights, Matrix? rows, SaeOptions options)
    {
        if (rows is null)
        {
            return;
        }

        if (rows.Columns != weights.Width || rows.Rows > weights.Latents)
        {
            throw new ArgumentException(
                $"decoder rows {rows.Shape} cannot start a decoder of [{weights.Latents}, {weights.Width}]", nameof(rows));
        }

        if (options.InputScaling == "whiten")
        {
            throw new ArgumentException(
                "starting rows lie among the activations as they are: input_scaling cannot be whiten", nameof(options));
        }

        for (var latent = 0; latent < rows.Rows; latent++)
        {
            rows.Row(latent).CopyTo(weights.Decoder.Values.Row(latent));
            rows.Row(latent).CopyTo(weights.Encoder.Values.Row(latent));
        }
    }
}
