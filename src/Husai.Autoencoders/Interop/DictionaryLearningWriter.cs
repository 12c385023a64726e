using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;

namespace Husai.Autoencoders.Interop;

/// <summary>Writes SAEs for dictionary_learning.</summary>
internal static class DictionaryLearningWriter
{
    public static void Write(string folder, SavedSae saved)
    {
        var source = saved.Sae;
        var (className, tensors) = source.Architecture switch
        {
            SaeArchitecture.Standard when source.SubtractsDecoderBias => ("AutoEncoder", Linear(source, "bias")),
            SaeArchitecture.Standard => ("AutoEncoderNew", Linear(source, "decoder.bias")),
            SaeArchitecture.TopK => ("AutoEncoderTopK", TopK(DecoderBiasSubtraction.Set(source, subtracts: true))),
            SaeArchitecture.MatchingPursuit => throw new NotSupportedException(
                $"dictionary_learning has no {source.Architecture} SAE"),
            SaeArchitecture.Gated => ("GatedAutoEncoder", Gated(DecoderBiasSubtraction.Set(source, subtracts: true))),
            _ => ("JumpReluAutoEncoder", JumpRelu(DecoderBiasSubtraction.Set(source, subtracts: false))),
        };
        TorchFile.Write(Path.Combine(folder, DictionaryLearningReader.WeightsName), tensors);
        ExportJson.Write(Path.Combine(folder, DictionaryLearningReader.ConfigurationName), new JsonObject
        {
            ["trainer"] = Trainer(className, saved),
        });
    }

    private static JsonObject Trainer(string className, SavedSae saved)
    {
        var trainer = new JsonObject
        {
            ["dict_class"] = className,
            ["activation_dim"] = saved.Sae.Width,
            ["dict_size"] = saved.Sae.Latents,
        };
        if (saved.Sae.K > 0)
        {
            trainer["k"] = saved.Sae.K;
        }

        foreach (var (from, to) in ((string, string)[])[("model_name", "lm_name"), ("hook_name", "submodule_name")])
        {
            if (saved.Metadata[from] is { } value)
            {
                trainer[to] = value.DeepClone();
            }
        }

        if (saved.Provenance.Layer is { } layer)
        {
            trainer["layer"] = layer;
        }

        return trainer;
    }

    private static List<NamedTensor> Linear(Sae sae, string decoderBias) =>
    [
        NamedTensor.FromMatrix("encoder.weight", sae.Encoder),
        NamedTensor.FromVector("encoder.bias", sae.EncoderBias),
        NamedTensor.FromMatrix("decoder.weight", sae.Decoder.Transpose()),
        NamedTensor.FromVector(decoderBias, sae.DecoderBias),
    ];

    private static List<NamedTensor> TopK(Sae sae) =>
    [
        .. Linear(sae, "b_dec"),
        new NamedTensor("k", TensorType.Int32, [], BitConverter.GetBytes(sae.K)),

        // -1: never set; the class does not use it unless asked to.
        new NamedTensor("threshold", TensorType.Float32, [], BitConverter.GetBytes(-1f)),
    ];

    private static List<NamedTensor> Gated(Sae sae) =>
    [
        NamedTensor.FromMatrix("encoder.weight", sae.Encoder),
        NamedTensor.FromMatrix("decoder.weight", sae.Decoder.Transpose()),
        NamedTensor.FromVector("decoder_bias", sae.DecoderBias),
        NamedTensor.FromVector("gate_bias", sae.EncoderBias),
        NamedTensor.FromVector("mag_bias", sae.MagnitudeBias),
        NamedTensor.FromVector("r_mag", sae.LogMagnitudeScale),
    ];

    private static List<NamedTensor> JumpRelu(Sae sae) =>
    [
        NamedTensor.FromMatrix("W_enc", sae.Encoder.Transpose()),
        NamedTensor.FromVector("b_enc", sae.EncoderBias),
        NamedTensor.FromMatrix("W_dec", sae.Decoder),
        NamedTensor.FromVector("b_dec", sae.DecoderBias),
        NamedTensor.FromVector("threshold", sae.Threshold),
    ];
}
