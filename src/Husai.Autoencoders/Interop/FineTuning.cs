using Husai.Formats.Files;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// A factor for each latent, by which SAELens 3 to 5 multiplied its value before decoding, after a fine-tuning for shrinkage
/// (sae_lens 3.5, <c>sae.py</c>, <c>apply_finetuning_scaling_factor</c>). Multiplied into the decoder's rows it gives the same
/// reconstruction.
/// </summary>
internal static class FineTuning
{
    private const string Name = "finetuning_scaling_factor";
    private const string OldName = "scaling_factor";

    /// <summary>Multiplies the decoder's rows by the factors, where the configuration says that there are some.</summary>
    public static void Fold(ImportTensors tensors, Matrix decoder, bool isFineTuned)
    {
        if (!isFineTuned)
        {
            // For some time they were written without being used; then they are ones.
            RequireOnes(tensors, OldName, decoder.Rows);
            RequireOnes(tensors, Name, decoder.Rows);
            return;
        }

        var isOld = tensors.Has(OldName) && !tensors.Has(Name);
        if (!isOld)
        {
            RequireOnes(tensors, OldName, decoder.Rows);
        }

        var factors = tensors.Vector(isOld ? OldName : Name, decoder.Rows);
        for (var latent = 0; latent < factors.Length; latent++)
        {
            Elementwise.Scale(decoder.Row(latent), factors[latent]);
        }
    }

    /// <summary>Makes sure that factors, if there are some, change nothing.</summary>
    /// <exception cref="InvalidFileException">One is not 1.</exception>
    public static void RequireOnes(ImportTensors tensors, string name, int latents)
    {
        if (tensors.Has(name) && tensors.Vector(name, latents).Any(factor => factor != 1))
        {
            throw new InvalidFileException(
                tensors.Path, $"has a '{name}' other than ones, of a fine-tuning that its configuration ({Name}) does not speak of");
        }
    }
}
