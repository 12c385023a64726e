using System.ComponentModel;
using System.Text.Json.Serialization;
using Husai.Reporting.Data;

namespace Husai.Reporting.Summary;

/// <summary>A transformer in <c>summary.json</c>.</summary>
internal sealed record TransformerEntry
{
    /// <summary>Its name.</summary>
    [Description("Its name in the study.")]
    public required string Name { get; init; }

    /// <summary>Starts of its training before the one that counts.</summary>
    [Description("Starts of its training before the one that counts, which did not pass the gate; missing where the first one counts.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Restarts { get; init; }

    /// <summary>Whether it passes the gate.</summary>
    [Description("Whether it passes the gate: perfect on held-out pairs and Fourier inside.")]
    public required bool Grokked { get; init; }

    /// <summary>When it grokked.</summary>
    [Description("First epoch at which the held-out accuracy reached its final level, or null.")]
    public required int? GrokkingEpoch { get; init; }

    /// <summary>Accuracy on held-out pairs.</summary>
    [Description("Accuracy on held-out pairs after training, 0 to 1.")]
    public required double TestAccuracy { get; init; }

    /// <summary>Frequencies of its circuit.</summary>
    [Description("Frequencies that the circuit uses.")]
    public required IReadOnlyList<int> KeyFrequencies { get; init; }

    /// <summary>Further checks.</summary>
    [Description("Further checks, such as the restricted loss: name and value, as text.")]
    public required IReadOnlyList<NamedValue> Checks { get; init; }

    internal static TransformerEntry Of(TransformerSummary transformer) => new()
    {
        Name = transformer.Name,
        Restarts = transformer.Restarts,
        Grokked = transformer.Grokked,
        GrokkingEpoch = transformer.GrokkingEpoch,
        TestAccuracy = transformer.TestAccuracy,
        KeyFrequencies = transformer.KeyFrequencies,
        Checks = transformer.Checks,
    };
}
