using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Husai.Worlds.Options;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A world of a study: what SAEs are trained on, and the features that they are compared with.</summary>
internal sealed record StudyWorld
{
    /// <summary>Seed of the samples that SAEs are trained on.</summary>
    public const long TrainingSeed = 0;

    /// <summary>Seed of the samples that SAEs are evaluated on: others than those of their training.</summary>
    public const long EvaluationSeed = 1;

    /// <summary>Its name, unique in the study.</summary>
    [Description("Name, unique in the study; that of the configuration file if not given")]
    [RegularExpression(StudyNames.Pattern)]
    public required string Name { get; init; }

    /// <summary>Number of samples that SAEs are trained on.</summary>
    [Description("Samples that the SAEs are trained on; drawn again for each, stored nowhere")]
    [Range(2, int.MaxValue / 2)]
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Number of other samples that SAEs are evaluated on.</summary>
    [Description("Other samples that the SAEs are evaluated on")]
    [Range(1, int.MaxValue / 2)]
    public int EvaluationRows { get; init; } = 100_000;

    /// <summary>Whether SAEs that choose over a batch in training do so when they are evaluated.</summary>
    [Description(
        "SAEs that choose latents over a batch in training (batchtopk, matryoshka) choose over 1024 samples when they are evaluated too, "
            + "as SynthSAEBench does; if not, each sample alone is encoded with the threshold")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool EvaluateByBatch { get; init; }

    /// <summary>The world.</summary>
    [Description("The world")]
    public WorldOptions Options { get; init; } = new();
}
