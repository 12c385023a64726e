namespace Husai.Experiments.Folders;

/// <summary>A run that was found.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record FoundRun(string Folder, RunKind Kind);
