using Husai.Autoencoders.Model;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;

namespace Husai.Autoencoders.Interop;

/// <summary>Writes one .npz file with the names that Gemma Scope uses.</summary>
internal static class GemmaScopeWriter
{
    public static void Write(string path, Sae source)
    {
        if (source.Architecture is not (SaeArchitecture.Standard or SaeArchitecture.JumpRelu))
        {
            throw new NotSupportedException(
                $"the layout has one threshold for each latent and nothing else, so it holds ReLU and JumpReLU, and this one is "
                    + $"{source.Architecture}");
        }

        var sae = DecoderBiasSubtraction.Set(source, subtracts: false);

        // ReLU is JumpReLU with thresholds of 0.
        var thresholds = sae.Threshold ?? new float[sae.Latents];
        NumpyArchive.Write(path,
        [
            NamedTensor.FromMatrix("W_enc", sae.Encoder.Transpose()),
            NamedTensor.FromVector("b_enc", sae.EncoderBias),
            NamedTensor.FromMatrix("W_dec", sae.Decoder),
            NamedTensor.FromVector("b_dec", sae.DecoderBias),
            NamedTensor.FromVector("threshold", thresholds),
        ]);
    }
}
