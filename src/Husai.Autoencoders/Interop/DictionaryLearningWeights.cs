using Husai.Autoencoders.Model;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Weights of dictionary_learning on their way to ours. Trained on activations divided by <paramref name="scale"/>, biases and
/// thresholds times that number give the same function of the activations themselves.
/// </summary>
internal sealed class DictionaryLearningWeights(ImportTensors tensors, JsonSettings settings, double scale)
{
    private Matrix _encoder = null!;
    private Matrix _decoder = null!;
    private float[] _encoderBias = [];
    private float[] _decoderBias = [];

    /// <summary>Linear layers: the decoder's weight is [width, latents].</summary>
    public DictionaryLearningWeights Linear(string decoderBias, bool isGated = false)
    {
        _encoder = tensors.Matrix("encoder.weight");
        _decoder = tensors.Matrix("decoder.weight", _encoder.Columns, _encoder.Rows).Transpose();
        _encoderBias = Scaled(isGated ? "gate_bias" : "encoder.bias", _encoder.Rows);
        _decoderBias = Scaled(decoderBias, _encoder.Columns);
        return this;
    }

    /// <summary>Plain parameters: the encoder is [width, latents].</summary>
    public DictionaryLearningWeights Plain()
    {
        _encoder = tensors.Matrix("W_enc").Transpose();
        _decoder = tensors.Matrix("W_dec", _encoder.Rows, _encoder.Columns);
        _encoderBias = Scaled("b_enc", _encoder.Rows);
        _decoderBias = Scaled("b_dec", _encoder.Columns);
        return this;
    }

    public Sae ToStandard() => Sae.Standard(_encoder, _decoder, _encoderBias, _decoderBias);

    public Sae ToGated() => Sae.Gated(
        _encoder, _decoder, _encoderBias, _decoderBias, Scaled("mag_bias", _encoder.Rows), tensors.Vector("r_mag", _encoder.Rows));

    public Sae ToTopK()
    {
        // The class has a threshold too, and does not use it unless asked to.
        tensors.Ignore(tensors.FullName("threshold"));
        return Sae.TopK(_encoder, _decoder, _encoderBias, _decoderBias, K().Require(_encoder.Rows));
    }

    public Sae ToJumpRelu() =>
        Sae.JumpRelu(_encoder, _decoder, _encoderBias, _decoderBias, Scaled("threshold", _encoder.Rows));

    /// <summary>One threshold for all latents, as training over whole batches ends with.</summary>
    public Sae ToThreshold()
    {
        // What it was trained with; once trained, the threshold alone decides.
        _ = K().Find(_encoder.Rows);
        tensors.Ignore(tensors.FullName("group_sizes"), tensors.FullName("group_sizes."));
        var threshold = tensors.Number("threshold");
        if (!(threshold >= 0))
        {
            throw new InvalidFileException(
                tensors.Path,
                $"its threshold is {threshold}, never set: it was saved before threshold_start_step, and would keep every positive latent");
        }

        var thresholds = new float[_encoder.Rows];
        Array.Fill(thresholds, (float)(threshold * scale));
        return Sae.JumpRelu(_encoder, _decoder, _encoderBias, _decoderBias, thresholds);
    }

    private StatedK K() => new StatedK(tensors.Path).Add(settings, "k").Add(tensors, "k");

    private float[] Scaled(string name, int length)
    {
        var values = tensors.Vector(name, length);
        return scale == 1 ? values : Array.ConvertAll(values, value => (float)(value * scale));
    }
}
