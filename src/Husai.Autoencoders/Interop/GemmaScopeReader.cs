using Husai.Formats;

namespace Husai.Autoencoders;

/// <summary>
/// Gemma Scope's <c>params.npz</c>: JumpReLU, the decoder's bias not subtracted from the input. The first release writes the names of
/// the weights in capitals, later ones in small letters.
/// </summary>
internal static class GemmaScopeReader
{
    public const string FileName = "params.npz";

    public static SavedAutoencoder Read(string path)
    {
        var file = ImportPath.OnlyFileOf(path, FileName, "*.npz");
        var tensors = new ImportTensors(file, NumpyArchive.Read(file));
        var capitals = tensors.Has("W_enc");
        var encoder = tensors.Matrix(capitals ? "W_enc" : "w_enc").Transpose();
        var (latents, width) = (encoder.Rows, encoder.Columns);
        var autoencoder = Autoencoder.JumpRelu(
            encoder, tensors.Matrix(capitals ? "W_dec" : "w_dec", latents, width), tensors.Vector("b_enc", latents),
            tensors.Vector("b_dec", width), tensors.Vector("threshold", latents));
        return new SavedAutoencoder(autoencoder.WithoutSubtraction())
        {
            TrainingArchitecture = "jumprelu",
            Metadata = ImportedMetadata.Create(SaeLayout.GemmaScope),
        };
    }
}
