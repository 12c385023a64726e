using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;

namespace Husai.Autoencoders.Interop;

/// <summary>Writes SAEs for dictionary_learning.</summary>
internal static class DictionaryLearningWriter
{
    public static void Write(string folder, SavedAutoencoder saved)
    {
        var source = saved.Autoencoder;
        var (className, tensors) = source.Architecture switch
        {
            AutoencoderArchitecture.Standard when source.SubtractsDecoderBias => ("AutoEncoder", Linear(source, "bias")),
            AutoencoderArchitecture.Standard => ("AutoEncoderNew", Linear(source, "decoder.bias")),
            AutoencoderArchitecture.TopK => ("AutoEncoderTopK", TopK(DecoderBiasSubtraction.Set(source, subtracts: true))),
            AutoencoderArchitecture.Gated => ("GatedAutoEncoder", Gated(DecoderBiasSubtraction.Set(source, subtracts: true))),
            _ => ("JumpReluAutoEncoder", JumpRelu(DecoderBiasSubtraction.Set(source, subtracts: false))),
        };
        TorchFile.Write(Path.Combine(folder, DictionaryLearningReader.WeightsName), tensors);
        ExportJson.Write(Path.Combine(folder, DictionaryLearningReader.ConfigurationName), new JsonObject
        {
            ["trainer"] = Trainer(className, saved),
        });
    }

    private static JsonObject Trainer(string className, SavedAutoencoder saved)
    {
        var trainer = new JsonObject
        {
            ["dict_class"] = className,
            ["activation_dim"] = saved.Autoencoder.Width,
            ["dict_size"] = saved.Autoencoder.Latents,
        };
        if (saved.Autoencoder.K > 0)
        {
            trainer["k"] = saved.Autoencoder.K;
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

    private static List<NamedTensor> Linear(Autoencoder autoencoder, string decoderBias) =>
    [
        NamedTensor.FromMatrix("encoder.weight", autoencoder.Encoder),
        NamedTensor.FromVector("encoder.bias", autoencoder.EncoderBias),
        NamedTensor.FromMatrix("decoder.weight", autoencoder.Decoder.Transpose()),
        NamedTensor.FromVector(decoderBias, autoencoder.DecoderBias),
    ];

    private static List<NamedTensor> TopK(Autoencoder autoencoder) =>
    [
        .. Linear(autoencoder, "b_dec"),
        new NamedTensor("k", TensorType.Int32, [], BitConverter.GetBytes(autoencoder.K)),

        // -1: never set; the class does not use it unless asked to.
        new NamedTensor("threshold", TensorType.Float32, [], BitConverter.GetBytes(-1f)),
    ];

    private static List<NamedTensor> Gated(Autoencoder autoencoder) =>
    [
        NamedTensor.FromMatrix("encoder.weight", autoencoder.Encoder),
        NamedTensor.FromMatrix("decoder.weight", autoencoder.Decoder.Transpose()),
        NamedTensor.FromVector("decoder_bias", autoencoder.DecoderBias),
        NamedTensor.FromVector("gate_bias", autoencoder.EncoderBias),
        NamedTensor.FromVector("mag_bias", autoencoder.MagnitudeBias),
        NamedTensor.FromVector("r_mag", autoencoder.LogMagnitudeScale),
    ];

    private static List<NamedTensor> JumpRelu(Autoencoder autoencoder) =>
    [
        NamedTensor.FromMatrix("W_enc", autoencoder.Encoder.Transpose()),
        NamedTensor.FromVector("b_enc", autoencoder.EncoderBias),
        NamedTensor.FromMatrix("W_dec", autoencoder.Decoder),
        NamedTensor.FromVector("b_dec", autoencoder.DecoderBias),
        NamedTensor.FromVector("threshold", autoencoder.Threshold),
    ];
}
