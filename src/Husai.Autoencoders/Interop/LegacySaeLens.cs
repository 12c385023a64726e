using System.Text.Json.Nodes;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// Configurations of SAELens before version 6: flat, with other names, and with the architecture hidden in the activation function.
/// Read without care, a TopK SAE of that time becomes a ReLU one.
/// </summary>
internal static class LegacySaeLens
{
    private static readonly (string Old, string New)[] Renamed =
        [("hook_point", "hook_name"), ("hook_point_head_index", "hook_head_index"), ("activation_fn_str", "activation_fn")];

    // What version 6 keeps about the language model under "metadata".
    private static readonly string[] ModelKeys =
    [
        "model_name", "hook_name", "hook_layer", "hook_head_index", "model_class_name", "context_size", "seqpos_slice",
        "model_from_pretrained_kwargs", "prepend_bos", "dataset_path", "dataset_trust_remote_code", "neuronpedia_id",
        "sae_lens_training_version",
    ];

    /// <summary>The configuration as version 6 writes it.</summary>
    public static JsonSettings Upgrade(JsonSettings old)
    {
        var root = (JsonObject)old.Root.DeepClone();
        foreach (var (name, newName) in Renamed)
        {
            if (root[name] is { } value && root[newName] is null)
            {
                root[newName] = value.DeepClone();
            }
        }

        var metadata = root["metadata"]?.DeepClone() as JsonObject ?? [];
        foreach (var key in ModelKeys)
        {
            if (root[key] is { } value)
            {
                metadata[key] = value.DeepClone();
            }
        }

        metadata.Remove("sae_lens_version");
        root["metadata"] = metadata;
        root["normalize_activations"] = Normalisation(old);
        var renamed = new JsonSettings(old.Path, root);
        root["architecture"] = Architecture(renamed);
        return renamed;
    }

    private static string Architecture(JsonSettings settings)
    {
        var architecture = settings.Text("architecture", "standard");
        switch (settings.Text("activation_fn", "relu"))
        {
            case "topk":
                return "topk";
            case "relu" or "ReLU":
                return architecture;
            case var other:
                throw settings.Wrong("activation_fn", $"is '{other}'; relu and topk are supported");
        }
    }

    private static string Normalisation(JsonSettings settings) => settings.Root["normalize_activations"] switch
    {
        null => "none",
        JsonValue value when value.TryGetValue(out bool flag) => flag ? "expected_average_only_in" : "none",
        _ => settings.Text("normalize_activations"),
    };
}
