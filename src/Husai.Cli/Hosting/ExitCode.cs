using Husai.Experiments.Clusters;

namespace Husai.Cli.Hosting;

/// <summary>What the program returns to its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A run failed.</summary>
    public const int Failure = 1;

    /// <summary>A command line, file or configuration is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>The command worked, and what it checked did not hold.</summary>
    public const int CheckFailed = 3;

    /// <summary>What was begun is saved, and the scheduler that runs it is asked to run it again.</summary>
    public const int ContinuesLater = StudyTask.ContinuesLater;

    /// <summary>128 + SIGHUP.</summary>
    public const int HungUp = 129;

    /// <summary>128 + SIGINT.</summary>
    public const int Interrupted = 130;

    /// <summary>128 + SIGUSR1 of Linux.</summary>
    public const int Warned = 138;

    /// <summary>128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
