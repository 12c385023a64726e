using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Model;

namespace Husai.Autoencoders.Storage;

/// <summary>What a SAELens folder holds.</summary>
/// <param name="Sae">The weights.</param>
public sealed record SavedSae(Sae Sae)
{
    /// <summary>The method it was trained with: <see cref="TrainingMethod.Name"/>, or another library's name.</summary>
    public string TrainingArchitecture { get; init; } = "";

    /// <summary>Share of rows on which each latent fired, or null if the folder does not say.</summary>
    public double[]? FiringFrequencies { get; init; }

    /// <summary>
    /// Where the activations came from and what else the folder's writer noted: the <c>metadata</c> of <c>cfg.json</c>
    /// (<c>model_name</c>, <c>hook_name</c>, <c>dataset_path</c>, ...).
    /// </summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Where its activations came from, as far as <see cref="Metadata"/> says.</summary>
    public Provenance Provenance => Provenance.Of(Metadata);

    /// <summary>Share of the rows that its training held out; null if <see cref="Metadata"/> does not say.</summary>
    public double? HeldOutFraction => Share(MeasuringKeys.HeldOutFraction);

    /// <summary>Share of the rows below which its training counted a latent as dead; null if <see cref="Metadata"/> does not say.</summary>
    public double? DeadThreshold => Share(MeasuringKeys.DeadThreshold);

    /// <summary>
    /// Number of rows on which its training measured firing frequencies; null for all of them, or if <see cref="Metadata"/> does not say.
    /// </summary>
    public int? FiringRows => Metadata[MeasuringKeys.FiringRows] is JsonValue value && value.TryGetValue<int>(out var rows) && rows > 0
        ? rows
        : null;

    private double? Share(string key) => Metadata[key] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && double.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and < 1
            ? share
            : null;
}
