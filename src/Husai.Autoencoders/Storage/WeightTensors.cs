using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Text;
using Husai.Numerics.Functions;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Storage;

/// <summary>The tensors of <c>sae_weights.safetensors</c>. The encoder lies there as [width, latents], transposed from ours.</summary>
internal static class WeightTensors
{
    public static IReadOnlyList<NamedTensor> From(Sae sae)
    {
        // Encoder and decoder are the same rows, and there is no bias on latents.
        if (sae.Architecture == SaeArchitecture.MatchingPursuit)
        {
            return [NamedTensor.FromMatrix("W_dec", sae.Decoder), Vector("b_dec", sae.DecoderBias)];
        }

        var tensors = new List<NamedTensor>
        {
            NamedTensor.FromMatrix("W_enc", sae.Encoder.Transpose()),
            NamedTensor.FromMatrix("W_dec", sae.Decoder),
            Vector("b_dec", sae.DecoderBias),
            Vector(sae.Architecture == SaeArchitecture.Gated ? "b_gate" : "b_enc", sae.EncoderBias),
        };
        if (sae.Architecture == SaeArchitecture.Gated)
        {
            tensors.Add(Vector("b_mag", sae.MagnitudeBias!));
            tensors.Add(Vector("r_mag", sae.LogMagnitudeScale!));
        }

        if (sae.Threshold is { } threshold)
        {
            tensors.Add(Vector("threshold", threshold));
        }

        return tensors;
    }

    public static Sae ToSae(string path, TensorFile file, ConfigurationFile configuration)
    {
        var (width, latents) = (configuration.Width, configuration.Latents);
        var tensors = new ImportTensors(path, file);
        Transcoders.RefuseSkip(tensors, "W_skip");
        if (configuration.Architecture == SaeArchitecture.MatchingPursuit)
        {
            var (rows, bias) = (tensors.Matrix("W_dec", latents, width), tensors.Vector("b_dec", width));
            tensors.RequireAllRead($"{configuration.Described} SAE of SAELens");

            // Where the bias is not taken off, SAELens does not add it either.
            try
            {
                return Sae.MatchingPursuit(rows, configuration.SubtractsDecoderBias ? bias : new float[width], configuration.K);
            }
            catch (ArgumentException error)
            {
                throw new InvalidFileException(path, FailureText.OneLine(error), error);
            }
        }

        var encoder = tensors.Matrix("W_enc", width, latents).Transpose();
        var decoder = tensors.Matrix("W_dec", latents, width);
        var (encoderBias, decoderBias) = Fold(tensors, configuration, encoder, decoder);
        var result = configuration.Architecture switch
        {
            SaeArchitecture.Standard => Sae.Standard(encoder, decoder, encoderBias, decoderBias),
            SaeArchitecture.TopK => Sae.TopK(encoder, decoder, encoderBias, decoderBias, configuration.K),
            SaeArchitecture.JumpRelu =>
                Sae.JumpRelu(encoder, decoder, encoderBias, decoderBias, Thresholds(tensors, latents)),
            _ => Sae.Gated(
                encoder, decoder, encoderBias, decoderBias, tensors.Vector("b_mag", latents), tensors.Vector("r_mag", latents)),
        };
        tensors.RequireAllRead($"{configuration.Described} SAE of SAELens");
        return configuration.SubtractsDecoderBias ? result : result.WithoutSubtraction();
    }

    /// <summary>The decoder of <see cref="ToSae"/>, with the same checks of all that the file holds, in half the memory.</summary>
    public static Matrix ReadDecoder(string path, ConfigurationFile configuration)
    {
        var (width, latents) = (configuration.Width, configuration.Latents);
        var names = SafetensorsFile.ReadNames(path);
        var tensors = new ImportTensors(
            path, SafetensorsFile.Read(path, [.. names.Where(name => name is not ("W_enc" or "W_dec"))]), names);
        Transcoders.RefuseSkip(tensors, "W_skip");
        if (configuration.Architecture == SaeArchitecture.MatchingPursuit)
        {
            var rows = tensors.MatrixInFile("W_dec", latents, width);
            tensors.Vector("b_dec", width);
            tensors.RequireAllRead($"{configuration.Described} SAE of SAELens");
            return rows;
        }

        tensors.CheckInFile("W_enc", width, latents);
        var decoder = tensors.MatrixInFile("W_dec", latents, width);

        // The encoder's values do not change the decoder's: an empty one is folded in its place.
        Fold(tensors, configuration, new Matrix(latents, 0), decoder);
        _ = configuration.Architecture switch
        {
            SaeArchitecture.JumpRelu => Thresholds(tensors, latents),
            SaeArchitecture.Gated => [.. tensors.Vector("b_mag", latents), .. tensors.Vector("r_mag", latents)],
            _ => [],
        };
        tensors.RequireAllRead($"{configuration.Described} SAE of SAELens");
        return decoder;
    }

    // What a training did around its weights becomes part of them.
    private static (float[] EncoderBias, float[] DecoderBias) Fold(
        ImportTensors tensors, ConfigurationFile configuration, Matrix encoder, Matrix decoder)
    {
        FineTuning.Fold(tensors, decoder, configuration.IsFineTuned);
        var decoderBias = tensors.Vector("b_dec", configuration.Width);
        var isGated = configuration.Architecture == SaeArchitecture.Gated;
        var encoderBias = tensors.Vector(isGated ? "b_gate" : "b_enc", configuration.Latents);
        if (configuration.RescalesByDecoderNorm)
        {
            WeightFolding.RescaleByDecoderNorm(encoder, decoder, encoderBias);
        }

        WeightFolding.FoldInputScale(encoder, decoder, decoderBias, configuration.InputScale);
        return (encoderBias, decoderBias);
    }

    // Checkpoints of training keep the logarithm, or one running threshold for all latents.
    private static float[] Thresholds(ImportTensors tensors, int latents)
    {
        if (tensors.Has("topk_threshold"))
        {
            var threshold = tensors.Number("topk_threshold");
            return threshold > 0 ? [.. Enumerable.Repeat((float)threshold, latents)] : throw new InvalidFileException(
                tensors.Path, $"its topk_threshold is {threshold}, never set: it was saved before the first training step");
        }

        return !tensors.Has("threshold") && tensors.Has("log_threshold")
            ? Array.ConvertAll(tensors.Vector("log_threshold", latents), logarithm => (float)Transcendental.Exp(logarithm))
            : tensors.Vector("threshold", latents);
    }

    private static NamedTensor Vector(string name, float[] values) => NamedTensor.FromVector(name, values, values.Length);
}
