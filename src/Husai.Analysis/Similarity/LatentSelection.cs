using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Similarity;

/// <summary>The latents of a dictionary that take part in a comparison, and how many were left out and why.</summary>
/// <param name="Latents">Their indices, ascending.</param>
/// <param name="Dead">Latents left out because they do not fire.</param>
/// <param name="ZeroRows">Other latents left out because a compared row is zero and has no direction.</param>
internal sealed record LatentSelection(int[] Latents, int Dead, int ZeroRows)
{
    /// <summary>Selects by the options' treatment of dead latents.</summary>
    /// <exception cref="ArgumentException">Encoder rows are asked for and there are none, or no latent is left.</exception>
    public static LatentSelection Of(LatentDictionary dictionary, SimilarityOptions options)
    {
        var found = Select(dictionary, options);
        return found.Latents.Length == 0
            ? throw new ArgumentException(
                $"{dictionary.Name}: of {dictionary.Latents} latents {found.Dead} are dead and {found.ZeroRows} zero; none is left",
                nameof(dictionary))
            : found;
    }

    /// <summary>The same, or null where no latent is left.</summary>
    internal static LatentSelection? TryOf(LatentDictionary dictionary, SimilarityOptions options) =>
        Select(dictionary, options) is { Latents.Length: > 0 } found ? found : null;

    private static LatentSelection Select(LatentDictionary dictionary, SimilarityOptions options)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Weights != MatchedWeights.Decoder && dictionary.Encoder is null)
        {
            throw new ArgumentException($"{dictionary.Name} has no encoder to compare", nameof(dictionary));
        }

        var chosen = new List<int>(dictionary.Latents);
        int dead = 0, zero = 0;
        for (var latent = 0; latent < dictionary.Latents; latent++)
        {
            if (!options.IncludeDead && dictionary.FiringFrequencies is { } frequencies && !(frequencies[latent] >= options.DeadThreshold))
            {
                dead++;
            }
            else if (HasZeroRow(dictionary, options.Weights, latent))
            {
                zero++;
            }
            else
            {
                chosen.Add(latent);
            }
        }

        return new LatentSelection([.. chosen], dead, zero);
    }

    /// <summary>The rows of the selected latents: the weights themselves if all are selected, else a copy.</summary>
    /// <param name="weights"><c>[latents, width]</c> of the dictionary that was selected from.</param>
    public Matrix RowsOf(Matrix weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (Latents.Length == weights.Rows)
        {
            return weights;
        }

        return weights.ChosenRows(Latents);
    }

    private static bool HasZeroRow(LatentDictionary dictionary, MatchedWeights weights, int latent) =>
        (weights != MatchedWeights.Encoder && IsZero(dictionary.Decoder.Row(latent)))
        || (weights != MatchedWeights.Decoder && IsZero(dictionary.Encoder!.Row(latent)));

    private static bool IsZero(ReadOnlySpan<float> row) => Reductions.SumOfSquares(row) == 0;
}
