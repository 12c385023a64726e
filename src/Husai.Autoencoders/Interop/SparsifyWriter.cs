using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Autoencoders.Interop;

/// <summary>Writes TopK SAEs for sparsify.</summary>
internal static class SparsifyWriter
{
    public static void Write(string folder, Autoencoder source)
    {
        if (source.Architecture != AutoencoderArchitecture.TopK)
        {
            throw new NotSupportedException($"sparsify has only TopK SAEs, and this one is {source.Architecture}");
        }

        // Without its transcode flag, sparsify always subtracts the decoder's bias.
        var autoencoder = DecoderBiasSubtraction.Set(source, subtracts: true);
        SafetensorsFile.Write(Path.Combine(folder, SparsifyReader.WeightsName),
        [
            NamedTensor.FromMatrix("encoder.weight", autoencoder.Encoder),
            NamedTensor.FromVector("encoder.bias", autoencoder.EncoderBias),
            NamedTensor.FromMatrix("W_dec", autoencoder.Decoder),
            NamedTensor.FromVector("b_dec", autoencoder.DecoderBias),
        ]);
        ExportJson.Write(Path.Combine(folder, SparsifyReader.ConfigurationName), new JsonObject
        {
            ["activation"] = "topk",
            ["expansion_factor"] = Math.Max(1, autoencoder.Latents / autoencoder.Width),
            ["normalize_decoder"] = false,
            ["num_latents"] = autoencoder.Latents,
            ["k"] = autoencoder.K,
            ["multi_topk"] = false,
            ["skip_connection"] = false,
            ["transcode"] = false,
            ["d_in"] = autoencoder.Width,
        });
    }
}
