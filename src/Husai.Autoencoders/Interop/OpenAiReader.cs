using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>OpenAI's checkpoints: one state dict, with the activation's name and state as plain values.</summary>
internal static class OpenAiReader
{
    public static SavedAutoencoder Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, "autoencoder.pt", "*.pt");
        var content = TorchFile.Read(file);
        RequireRelu(file, content.Metadata.GetValueOrDefault("activation"));
        var tensors = new ImportTensors(file, content);
        var encoder = tensors.Matrix("encoder.weight");
        var (latents, width) = (encoder.Rows, encoder.Columns);
        var decoder = tensors.Matrix("decoder.weight", width, latents).Transpose();
        return new SavedAutoencoder(Autoencoder.Standard(
            encoder, decoder, tensors.Vector("latent_bias", latents), tensors.Vector("pre_bias", width)))
        {
            TrainingArchitecture = "relu",
            Metadata = ImportedMetadata.Create(SaeLayout.OpenAi),
        };
    }

    private static void RequireRelu(string file, string? activation)
    {
        if (activation != "ReLU")
        {
            throw new InvalidFileException(file, activation switch
            {
                null => "names no activation: it is not a checkpoint of OpenAI's sparse autoencoders",
                "TopK" => "normalises each row by its own mean and deviation and undoes that after decoding (OpenAI does so for TopK): "
                    + "no weights do the same; normalise the activations and train on those",
                _ => $"has the activation '{activation}'; only ReLU is a sparse autoencoder that can be represented",
            });
        }
    }
}
