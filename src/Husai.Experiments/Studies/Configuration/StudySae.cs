using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Options;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A configuration of SAEs in a study, trained once for each seed at each site of each transformer.</summary>
internal sealed record StudySae
{
    /// <summary>Its name, unique in the study.</summary>
    [Description("Name, unique in the study; that of the configuration file if not given")]
    [RegularExpression(StudyNames.Pattern)]
    public required string Name { get; init; }

    /// <summary>Its own seeds, or null for those of the study.</summary>
    [Description("Its own seeds; those of the study if not given")]
    [Range(0L, long.MaxValue)]
    [SeedList]
    public IReadOnlyList<long>? Seeds { get; init; }

    /// <summary>Decoder rows taken from another SAE of the study and held there; null for none.</summary>
    [Description("Decoder rows that are copied from another SAE of the study and not trained; none if not given")]
    public StudyPins? Pinned { get; init; }

    /// <summary>Directions to start from that SAEs of an earlier configuration have found; null for none.</summary>
    [Description("Directions to start from: the different latents of several SAEs of an earlier configuration; none if not given")]
    public StudyPool? Pooled { get; init; }

    /// <summary>Name of the configuration that this is a baseline of; null for what a study names itself.</summary>
    public string? BaselineOf { get; internal init; }

    /// <summary>What is trained; the seed is set for each run.</summary>
    [Description("What is trained; the seed is one of those above")]
    public SaeOptions Options { get; init; } = new();
}
