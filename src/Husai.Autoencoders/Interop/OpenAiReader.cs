using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Torch;

namespace Husai.Autoencoders.Interop;

/// <summary>OpenAI's checkpoints: one state dict, with the activation's name and state as plain values.</summary>
internal static class OpenAiReader
{
    public static SavedSae Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, "autoencoder.pt", "*.pt");
        var tensors = ImportTensors.OfTorch(file, TorchFile.Read(file));

        // Their own loader takes a checkpoint without an activation for ReLU (sparse_autoencoder/model.py, from_state_dict).
        RequireRelu(file, tensors.Text("activation") ?? "ReLU");
        tensors.Ignore(
            "activation_state_dict", "activation_state_dict.", "stats_last_nonzero", "latents_activation_frequency", "latents_mean_square");
        var encoder = tensors.Matrix("encoder.weight");
        var (latents, width) = (encoder.Rows, encoder.Columns);
        var decoder = tensors.Matrix("decoder.weight", width, latents).Transpose();
        var sae = Sae.Standard(encoder, decoder, tensors.Vector("latent_bias", latents), tensors.Vector("pre_bias", width));
        tensors.RequireAllRead("a ReLU SAE of OpenAI");
        return new SavedSae(sae)
        {
            TrainingArchitecture = "relu",
            Metadata = ImportedMetadata.Create(SaeLayout.OpenAi),
        };
    }

    private static void RequireRelu(string file, string activation)
    {
        if (activation != "ReLU")
        {
            throw new InvalidFileException(file, activation switch
            {
                "TopK" => "normalises each row by its own mean and deviation and undoes that after decoding (OpenAI does so for TopK): "
                    + "no weights do the same; normalise the activations and train on those",
                _ => $"has the activation '{activation}'; only ReLU can be represented as an SAE",
            });
        }
    }
}
