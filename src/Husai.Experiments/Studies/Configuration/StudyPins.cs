using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>
/// Decoder rows that an SAE takes from another one and does not change, as in the original project's experiment on pinning.
/// </summary>
internal sealed record StudyPins
{
    /// <summary>Name of the configuration that the rows come from, earlier in the study.</summary>
    [Description("Name of the configuration that the rows come from; the study lists it earlier, and it has as many latents")]
    public required string Reference { get; init; }

    /// <summary>Seed of the SAE that the rows come from.</summary>
    [Description("Seed of the SAE that the rows come from")]
    [Range(0L, long.MaxValue)]
    public required long Seed { get; init; }

    /// <summary>Share of the decoder's rows that are taken.</summary>
    [Description("Share of the decoder's rows that are taken")]
    [Range(0.0, 1.0)]
    public required double Fraction { get; init; }

    /// <summary>Which rows are taken; left out of what is written where they are the first.</summary>
    [Description(
        "Which rows are taken: first (those of the first latents), or most_active (those of the latents with the largest mean value on the "
            + "first 2,000 rows of activations)")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PinChoice Choice { get; init; }

    /// <summary>Whether the encoder rows of the pinned latents stay as they start.</summary>
    [Description("Whether the encoder rows and biases of the pinned latents stay at their random start; else they are learnt")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FreezeEncoder { get; init; }

    /// <summary>Number of rows taken.</summary>
    public int RowsOf(int latents) => (int)Math.Round(Fraction * latents);

    /// <summary>What is wrong with the pins of a study, a line each.</summary>
    internal static IEnumerable<string> Problems(StudyOptions study)
    {
        var earlier = new Dictionary<string, StudySae>();
        foreach (var sae in study.Saes)
        {
            if (sae.Pinned is { } pins)
            {
                if (!earlier.TryGetValue(pins.Reference, out var reference))
                {
                    yield return $"'{sae.Name}' is pinned to '{pins.Reference}', which is not listed before it";
                }
                else if (!(reference.Seeds ?? study.Seeds).Contains(pins.Seed))
                {
                    yield return $"'{sae.Name}' is pinned to seed {pins.Seed} of '{pins.Reference}', which is not trained with it";
                }
                else if (reference.Options.Latents != sae.Options.Latents
                    || reference.Options.ExpansionFactor != sae.Options.ExpansionFactor)
                {
                    yield return $"'{sae.Name}' has another number of latents than '{pins.Reference}', which it is pinned to";
                }
            }

            earlier.TryAdd(sae.Name, sae);
        }
    }
}
