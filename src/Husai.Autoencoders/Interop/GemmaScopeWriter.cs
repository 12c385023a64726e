using Husai.Autoencoders.Model;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;

namespace Husai.Autoencoders.Interop;

/// <summary>Writes one .npz file with the names that Gemma Scope uses.</summary>
internal static class GemmaScopeWriter
{
    public static void Write(string path, Autoencoder source)
    {
        if (source.Architecture is not (AutoencoderArchitecture.Standard or AutoencoderArchitecture.JumpRelu))
        {
            throw new NotSupportedException(
                $"the layout has one threshold for each latent and nothing else, so it holds ReLU and JumpReLU, and this one is "
                    + $"{source.Architecture}");
        }

        var autoencoder = DecoderBiasSubtraction.Set(source, subtracts: false);

        // ReLU is JumpReLU with thresholds of 0.
        var thresholds = autoencoder.Threshold ?? new float[autoencoder.Latents];
        NumpyArchive.Write(path,
        [
            NamedTensor.FromMatrix("W_enc", autoencoder.Encoder.Transpose()),
            NamedTensor.FromVector("b_enc", autoencoder.EncoderBias),
            NamedTensor.FromMatrix("W_dec", autoencoder.Decoder),
            NamedTensor.FromVector("b_dec", autoencoder.DecoderBias),
            NamedTensor.FromVector("threshold", thresholds),
        ]);
    }
}
