using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Networks.Randomisation;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>How the randomised copy of a network is made.</summary>
internal sealed record NetworkRandomisation
{
    /// <summary>Seed of the permutations.</summary>
    [Description("Seed of the permutations")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; }

    /// <summary>Weights that stay as they are.</summary>
    [Description("Weights that stay as they are: embeddings, norms")]
    public IReadOnlyList<KeptWeights> Keep { get; init; } = [];

    /// <summary>All that stay.</summary>
    internal KeptWeights Kept => Keep.Aggregate(KeptWeights.None, (all, kind) => all | kind);
}
