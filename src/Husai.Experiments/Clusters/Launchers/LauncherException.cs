namespace Husai.Experiments.Clusters.Launchers;

/// <summary>A command of the cluster failed. The message names it and says what it printed.</summary>
internal sealed class LauncherException : Exception
{
    internal LauncherException(string message)
        : base(message)
    {
    }
}
