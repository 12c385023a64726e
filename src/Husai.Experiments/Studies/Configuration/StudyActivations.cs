using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Activations of a study that are there already: a file or a store, of any network. Nothing is known of its features.</summary>
internal sealed record StudyActivations
{
    /// <summary>What stands in place of a site.</summary>
    internal const string Site = "activations";

    /// <summary>Its name, unique in the study.</summary>
    [Description("Name, unique in the study")]
    [RegularExpression(StudyNames.Pattern)]
    public required string Name { get; init; }

    /// <summary>The file or store; a full path once the study is read.</summary>
    [Description("A store, or a file of [rows, width] floats: .npy or .safetensors (may be larger than memory), .npz or .pt; relative to "
        + "the study's file")]
    public required string Path { get; init; }

    /// <summary>What was found there; null before the study is read.</summary>
    [Description("What was found at the path when the study began; the program writes it into the study's folder, and computes anew "
        + "what it depends on where it changes")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FoundActivations? Found { get; init; }
}
