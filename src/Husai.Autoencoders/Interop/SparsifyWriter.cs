using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Autoencoders.Interop;

/// <summary>Writes TopK SAEs for sparsify.</summary>
internal static class SparsifyWriter
{
    public static void Write(string folder, Sae source)
    {
        if (source.Architecture != SaeArchitecture.TopK)
        {
            throw new NotSupportedException($"sparsify has only TopK SAEs, and this one is {source.Architecture}");
        }

        // Without its transcode flag, sparsify always subtracts the decoder's bias.
        var sae = DecoderBiasSubtraction.Set(source, subtracts: true);
        SafetensorsFile.Write(Path.Combine(folder, SparsifyReader.WeightsName),
        [
            NamedTensor.FromMatrix("encoder.weight", sae.Encoder),
            NamedTensor.FromVector("encoder.bias", sae.EncoderBias),
            NamedTensor.FromMatrix("W_dec", sae.Decoder),
            NamedTensor.FromVector("b_dec", sae.DecoderBias),
        ]);
        ExportJson.Write(Path.Combine(folder, SparsifyReader.ConfigurationName), new JsonObject
        {
            ["activation"] = "topk",
            ["expansion_factor"] = Math.Max(1, sae.Latents / sae.Width),
            ["normalize_decoder"] = false,
            ["num_latents"] = sae.Latents,
            ["k"] = sae.K,
            ["multi_topk"] = false,
            ["skip_connection"] = false,
            ["transcode"] = false,
            ["d_in"] = sae.Width,
        });
    }
}
