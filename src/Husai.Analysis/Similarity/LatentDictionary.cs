using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Similarity;

/// <summary>The directions of an SAE (or of any other basis), one latent a row, as the comparisons need them.</summary>
public sealed class LatentDictionary
{
    /// <summary>Takes the weights as they are; they are not copied.</summary>
    /// <param name="name">How messages and results call it.</param>
    /// <param name="decoder"><c>[latents, width]</c>, of any row norms.</param>
    /// <param name="encoder"><c>[latents, width]</c>, or null when there is none.</param>
    /// <param name="firingFrequencies">For each latent the share of rows on which it fires, or null when unknown: then every latent counts
    /// as alive.</param>
    /// <exception cref="ArgumentException">Shapes do not fit each other, there is no latent, or a weight is not finite.</exception>
    public LatentDictionary(string name, Matrix decoder, Matrix? encoder = null, double[]? firingFrequencies = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(decoder);
        if (decoder.Rows == 0 || decoder.Columns == 0)
        {
            throw new ArgumentException($"{name}: a decoder of {decoder.Shape} has no directions", nameof(decoder));
        }

        if (encoder is not null && (encoder.Rows != decoder.Rows || encoder.Columns != decoder.Columns))
        {
            throw new ArgumentException($"{name}: the encoder is {encoder.Shape} but the decoder {decoder.Shape}", nameof(encoder));
        }

        if (firingFrequencies is not null && firingFrequencies.Length != decoder.Rows)
        {
            throw new ArgumentException(
                $"{name}: {firingFrequencies.Length} firing frequencies for {decoder.Rows} latents", nameof(firingFrequencies));
        }

        RequireFinite(name, decoder, nameof(decoder));
        RequireFinite(name, encoder, nameof(encoder));
        Name = name;
        Decoder = decoder;
        Encoder = encoder;
        FiringFrequencies = firingFrequencies;
    }

    /// <summary>How messages and results call it.</summary>
    public string Name { get; }

    /// <summary>Decoder rows, <c>[latents, width]</c>.</summary>
    public Matrix Decoder { get; }

    /// <summary>Encoder rows, <c>[latents, width]</c>, or null.</summary>
    public Matrix? Encoder { get; }

    /// <summary>For each latent the share of rows on which it fires, or null.</summary>
    public double[]? FiringFrequencies { get; private set; }

    /// <summary>The same latents as initialisation left them, at step 0 of training; null when unknown.</summary>
    /// <exception cref="ArgumentException">It has another number of latents or another width.</exception>
    public LatentDictionary? Start
    {
        get;
        init => field = value is null || (value.Latents == Latents && value.Width == Width)
            ? value
            : throw new ArgumentException($"{Name} is {Decoder.Shape} but its start {value.Decoder.Shape}", nameof(value));
    }

    /// <summary>Seed of the initialisation; null when unknown.</summary>
    public long? InitialisationSeed { get; init; }

    /// <summary>Number of latents.</summary>
    public int Latents => Decoder.Rows;

    /// <summary>Width of the activations.</summary>
    public int Width => Decoder.Columns;

    /// <summary>The same dictionary with firing frequencies.</summary>
    /// <param name="frequencies">For each latent the share of rows on which it fires.</param>
    /// <exception cref="ArgumentException">There is not one for each latent.</exception>
    public LatentDictionary WithFiringFrequencies(double[] frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        if (frequencies.Length != Latents)
        {
            throw new ArgumentException($"{Name}: {frequencies.Length} firing frequencies for {Latents} latents", nameof(frequencies));
        }

        var copy = (LatentDictionary)MemberwiseClone();
        copy.FiringFrequencies = frequencies;
        return copy;
    }

    private static void RequireFinite(string name, Matrix? weights, string argument)
    {
        for (var row = 0; weights is not null && row < weights.Rows; row++)
        {
            if (FiniteValues.IndexOfNotFinite(weights.Row(row)) is >= 0 and var column)
            {
                throw new ArgumentException(
                    $"{name}: row {row} of the {argument} holds {(float.IsNaN(weights[row, column]) ? "NaN" : "an infinity")}", argument);
            }
        }
    }
}
