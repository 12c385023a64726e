namespace Husai.Experiments.Pipeline;

/// <summary>How one step of the pipeline went.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ok">Whether it worked and its numbers are as they must be.</param>
/// <param name="Detail">The numbers, or what went wrong.</param>
internal sealed record PipelineStep(string Name, bool Ok, string Detail);
