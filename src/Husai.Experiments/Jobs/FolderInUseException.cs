namespace Husai.Experiments.Jobs;

/// <summary>Another process works in the same folder.</summary>
public sealed class FolderInUseException : IOException
{
    internal FolderInUseException(string folder, string process, Exception inner)
        : base($"{folder}: in use by another run (process {process}); wait for it, or give --output another folder", inner)
    {
    }
}
