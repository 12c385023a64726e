using System.Text.Json.Nodes;
using Husai.Formats.Files;

namespace Husai.Autoencoders.Interop;

/// <summary>What the configuration of Language-Model-SAEs says beside the activation function.</summary>
internal static class LanguageModelSaesSettings
{
    private const string AverageNormKey = "dataset_average_activation_norm";
    private const string NormalisationKey = "norm_activation";
    private const string DatasetWise = "dataset-wise";

    /// <summary>Refuses what is no SAE of one place of a network.</summary>
    public static void RequireSae(JsonSettings settings)
    {
        Transcoders.RefuseOtherType(settings, "sae_type");
        Transcoders.RefuseOtherOutput(settings, "hook_point_in", "hook_point_out");
        if (settings.Flag("use_glu_encoder", false))
        {
            throw settings.Wrong(
                "use_glu_encoder", "is set: the encoder is multiplied by a second one, which no SAE here has");
        }
    }

    /// <summary>
    /// The average norm of the activations that the inputs are divided by (and multiplied with the root of the width); null if they are
    /// used as they are: after <c>standardize_parameters_of_dataset_norm</c>, or where neither the configuration nor the weights speak of
    /// it.
    /// </summary>
    public static double? AverageNorm(JsonSettings settings, ImportTensors tensors)
    {
        var mode = settings.Text(NormalisationKey, "");
        switch (mode)
        {
            case "inference":
                // Already in the weights; the library writes whatever was in memory where it knows no norm.
                tensors.Ignore(tensors.FullName(AverageNormKey + "."));
                return null;
            case "" or DatasetWise:
                break;
            default:
                throw settings.Wrong(
                    NormalisationKey, $"is '{mode}', which scales each row by its own norm or its batch's: no weights do the same; "
                    + $"{DatasetWise} and inference are supported");
        }

        var stated = Stated(settings, tensors);
        foreach (var (place, value) in stated)
        {
            if (!(value > 0) || !double.IsFinite(value) || value != stated[0].Value)
            {
                throw new InvalidFileException(
                    settings.Path,
                    $"{place} is {value}, where one number above 0 for input and output is needed ({stated[0].Place} is "
                        + $"{stated[0].Value})");
            }
        }

        return stated.Count > 0 ? stated[0].Value
            : mode.Length == 0 ? null
            : throw settings.Wrong(NormalisationKey, $"is '{mode}', but {AverageNormKey} is missing: the scale of the inputs is not known");
    }

    private static List<(string Place, double Value)> Stated(JsonSettings settings, ImportTensors tensors)
    {
        var found = new List<(string Place, double Value)>();
        if (settings.Root[AverageNormKey] is JsonObject)
        {
            var section = settings.Section(AverageNormKey);
            foreach (var (key, _) in section.Root)
            {
                if (section.Number(key) is { } value)
                {
                    found.Add((section.NameOf(key), value));
                }
            }
        }
        else if (settings.Number(AverageNormKey) is { } value)
        {
            found.Add((settings.NameOf(AverageNormKey), value));
        }

        foreach (var name in tensors.NamesUnder(AverageNormKey + "."))
        {
            found.Add(($"tensor '{name}'", tensors.Number(name)));
        }

        return found;
    }
}
