using System.Globalization;

namespace Husai.Experiments.Clusters.Launchers.Slurm;

/// <summary>The element of an array that this process runs in.</summary>
internal sealed class SlurmTask
{
    private readonly string _element;

    private SlurmTask(string element) => _element = element;

    /// <summary>The one that this process runs in, or null.</summary>
    public static SlurmTask? This()
    {
        var array = Environment.GetEnvironmentVariable("SLURM_ARRAY_JOB_ID");
        var index = Environment.GetEnvironmentVariable("SLURM_ARRAY_TASK_ID");
        return string.IsNullOrEmpty(array) || string.IsNullOrEmpty(index) ? null : new SlurmTask($"{array}_{index}");
    }

    /// <summary>Whether Slurm has started it before.</summary>
    public static bool IsStartedAgain => int.TryParse(
        Environment.GetEnvironmentVariable("SLURM_RESTART_COUNT"), NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            && times > 0;

    /// <summary>Why the task was told to stop.</summary>
    /// <param name="byWarning">Whether the signal was the one that Slurm sends before the time limit.</param>
    public StopReason ReasonToStop(bool byWarning)
    {
        string[] fields;
        try
        {
            fields = SlurmCommand.Run("squeue", "-a", "-h", "-j", _element, "-o", "%T|%r|%L").Trim().Split('|');
        }
        catch (LauncherException)
        {
            // The controller is away; it ends nothing meanwhile.
            fields = [];
        }

        if (fields is not [var state, var reason, var left])
        {
            return byWarning ? StopReason.Preemption : StopReason.Cancellation;
        }

        // A running task that is told to stop is to run again; of one that is ended, Slurm itself says why.
        return reason == "TimeLimit" || state == "TIMEOUT" || (byWarning && IsShort(left)) ? StopReason.TimeLimit
            : byWarning || state == "RUNNING" ? StopReason.Preemption
            : StopReason.Cancellation;
    }

    // [days-][[hours:]minutes:]seconds, or a word; the warning may come a minute early.
    internal static bool IsShort(string left) => left.Split(':') is var parts && !left.Contains('-', StringComparison.Ordinal)
        && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        && parts.Aggregate(0, (sum, part) => 60 * sum + int.Parse(part, CultureInfo.InvariantCulture)) <= SlurmScript.SecondsToSave + 60;
}

/// <summary>Why a task was told to stop.</summary>
internal enum StopReason
{
    /// <summary>The user took it back, or another ends it for good.</summary>
    Cancellation,

    /// <summary>Its processors are wanted for something else; it is to run again.</summary>
    Preemption,

    /// <summary>Its time is over; it is to run again.</summary>
    TimeLimit,
}
