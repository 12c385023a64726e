using System.ComponentModel;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Training;

/// <summary>Everything that decides a trained transformer: its task, architecture and training.</summary>
internal sealed record TransformerRunOptions
{
    /// <summary>What is learnt.</summary>
    [Description("What is learnt")]
    public TaskOptions Task { get; init; } = new();

    /// <summary>The architecture.</summary>
    [Description("The architecture")]
    public TransformerOptions Model { get; init; } = new();

    /// <summary>How it is trained.</summary>
    [Description("How it is trained")]
    public TransformerTrainingOptions Training { get; init; } = new();
}
