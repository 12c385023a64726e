using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Model;

/// <summary>
/// The weights of a SAE, for use. A latent is a row in both the encoder and the decoder:
/// <c>p = E (x - b_dec) + b_enc</c>, <c>f = activation(p)</c>, <c>reconstruction = f D + b_dec</c>.
/// </summary>
public sealed partial class Sae
{
    private Sae(
        SaeArchitecture architecture, Matrix encoder, Matrix decoder, float[] encoderBias, float[] decoderBias)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(decoder);
        if (decoder.Rows != encoder.Rows || decoder.Columns != encoder.Columns)
        {
            throw new ArgumentException(
                $"the decoder is {decoder.Shape} but the encoder {encoder.Shape}: both are [latents, width]", nameof(decoder));
        }

        RequireLength(encoderBias, encoder.Rows, nameof(encoderBias));
        RequireLength(decoderBias, encoder.Columns, nameof(decoderBias));
        Architecture = architecture;
        Encoder = encoder;
        Decoder = decoder;
        EncoderBias = encoderBias;
        DecoderBias = decoderBias;
    }

    /// <summary>How pre-activations become a sparse code.</summary>
    public SaeArchitecture Architecture { get; }

    /// <summary>Number of latents, M.</summary>
    public int Latents => Encoder.Rows;

    /// <summary>Width of the activations, d.</summary>
    public int Width => Encoder.Columns;

    /// <summary><c>[latents, width]</c>.</summary>
    public Matrix Encoder { get; }

    /// <summary><c>[latents, width]</c>.</summary>
    public Matrix Decoder { get; }

    /// <summary>One for each latent; of a gated SAE, the gate's bias.</summary>
    public float[] EncoderBias { get; }

    /// <summary>One for each coordinate of the activations.</summary>
    public float[] DecoderBias { get; }

    /// <summary>Latents that may fire on a row (TopK, matching pursuit), else 0.</summary>
    public int K { get; private init; }

    /// <summary>JumpReLU: a latent fires where its pre-activation is strictly above this; else null.</summary>
    public float[]? Threshold { get; private init; }

    /// <summary>Gated: bias of the magnitudes; else null.</summary>
    public float[]? MagnitudeBias { get; private init; }

    /// <summary>Gated: the natural logarithm of the ratio of the magnitude's encoder row to the gate's (r_mag); else null.</summary>
    public float[]? LogMagnitudeScale { get; private init; }

    /// <summary>Whether the decoder bias is subtracted from the input first.</summary>
    public bool SubtractsDecoderBias { get; private set; } = true;

    /// <summary>An SAE with ReLU activation.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit each other.</exception>
    public static Sae Standard(Matrix encoder, Matrix decoder, float[] encoderBias, float[] decoderBias) =>
        new(SaeArchitecture.Standard, encoder, decoder, encoderBias, decoderBias);

    /// <summary>An SAE that keeps the <paramref name="k"/> largest pre-activations of each row.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit each other, or k is not in 1 to the number of latents.</exception>
    public static Sae TopK(Matrix encoder, Matrix decoder, float[] encoderBias, float[] decoderBias, int k)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ActiveLatents.Require(k, encoder.Rows);
        return new(SaeArchitecture.TopK, encoder, decoder, encoderBias, decoderBias) { K = k };
    }

    /// <summary>An SAE whose latents fire above a threshold each.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit each other.</exception>
    public static Sae JumpRelu(
        Matrix encoder, Matrix decoder, float[] encoderBias, float[] decoderBias, float[] threshold)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        RequireLength(threshold, encoder.Rows, nameof(threshold));
        return new(SaeArchitecture.JumpRelu, encoder, decoder, encoderBias, decoderBias) { Threshold = threshold };
    }

    /// <summary>A gated SAE.</summary>
    /// <exception cref="ArgumentException">Shapes do not fit each other.</exception>
    public static Sae Gated(
        Matrix encoder, Matrix decoder, float[] gateBias, float[] decoderBias, float[] magnitudeBias, float[] logMagnitudeScale)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        RequireLength(magnitudeBias, encoder.Rows, nameof(magnitudeBias));
        RequireLength(logMagnitudeScale, encoder.Rows, nameof(logMagnitudeScale));
        return new(SaeArchitecture.Gated, encoder, decoder, gateBias, decoderBias)
        {
            MagnitudeBias = magnitudeBias,
            LogMagnitudeScale = logMagnitudeScale,
        };
    }

    /// <summary>An SAE whose codes are found by <paramref name="k"/> steps of matching pursuit.</summary>
    /// <param name="decoder"><c>[latents, width]</c>, the rows of the encoder too.</param>
    /// <param name="decoderBias">One for each coordinate.</param>
    /// <param name="k">Steps; a latent may be chosen more than once.</param>
    /// <exception cref="ArgumentException">Shapes do not fit each other, there are too many latents, or k is not in 1 to their
    /// number.</exception>
    public static Sae MatchingPursuit(Matrix decoder, float[] decoderBias, int k)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ActiveLatents.Require(k, decoder.Rows);
        PursuitProducts.RequireFew(decoder.Rows);
        return new(SaeArchitecture.MatchingPursuit, decoder, decoder, new float[decoder.Rows], decoderBias) { K = k };
    }

    /// <summary>
    /// The same weights, with the decoder bias not subtracted from the input; of matching pursuit, with none, as what is left of the input
    /// would hold it.
    /// </summary>
    public Sae WithoutSubtraction()
    {
        if (Architecture == SaeArchitecture.MatchingPursuit)
        {
            return MatchingPursuit(Decoder, new float[Width], K);
        }

        var copy = (Sae)MemberwiseClone();
        copy.SubtractsDecoderBias = false;
        return copy;
    }

    private static void RequireLength(float[] values, int length, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.Length != length)
        {
            throw new ArgumentException($"{name} has length {values.Length} where {length} is needed", name);
        }
    }
}
