using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Worlds.Options;

/// <summary>Directions of the features in the hidden space, and its bias.</summary>
internal sealed record DictionaryOptions
{
    /// <summary>Steps that push the random directions apart; 0 for none.</summary>
    [Description("Steps of Adam that push the random directions apart; 0 for none")]
    [Range(0, 1_000_000)]
    public int OrthogonalisationSteps { get; init; }

    /// <summary>Step size of those steps.</summary>
    [Description("Step size of those steps")]
    [Range(1e-9, 1.0)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Norm of the bias, whose direction is random; 0 for none.</summary>
    [Description("Norm of the bias, whose direction is random; 0 for none")]
    [Range(0.0, 1e6)]
    public double BiasNorm { get; init; }
}
