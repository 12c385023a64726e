using System.Globalization;
using System.Text;
using Husai.Formats.Text;

namespace Husai.Experiments.Clusters.Launchers.Slurm;

/// <summary>The batch script of an array of tasks.</summary>
internal static class SlurmScript
{
    /// <summary>Seconds before the time limit at which a task is told to save.</summary>
    public const int SecondsToSave = 90;

    private const double LeastMinutes = 15;
    private const int TimesOfEstimate = 4;

    /// <summary>The script.</summary>
    /// <param name="jobName">Name of all arrays of the submission.</param>
    /// <param name="logs">Folder for what the tasks print.</param>
    /// <param name="options">What is asked of the cluster.</param>
    /// <param name="command">What does a task.</param>
    /// <param name="range">The tasks: element 0 of the array is the first.</param>
    /// <exception cref="LauncherException">Slurm has no way to write the name of the folder.</exception>
    public static string Of(string jobName, string logs, ClusterOptions options, TaskCommand command, TaskRange range)
    {
        // After a backslash Slurm fills in no %A, and would start tasks whose output has no file: they fail without a word.
        if (logs.Any(letter => letter == '\\' || char.IsControl(letter)))
        {
            throw new LauncherException(
                $"{PrintableText.Line(logs)}: Slurm takes no folder with a backslash or a control character in its name for what tasks "
                    + "print; choose another folder with --output");
        }

        var text = new StringBuilder("#!/bin/bash\n").Append(
            CultureInfo.InvariantCulture,
            $"# Stage {range.Stage} of {range.Stages}: tasks {range.FirstTask} to {range.FirstTask + range.Tasks - 1} of the plan.\n");
        foreach (var option in OptionsOf(jobName, logs, options, range))
        {
            text.Append("#SBATCH ").Append(option).Append('\n');
        }

        text.Append('\n');
        foreach (var line in options.Setup)
        {
            text.Append(line).Append('\n');
        }

        // The shell takes the signals: the program could be told before it has begun to listen. It waits again, because a signal ends a
        // wait. The name of the element, not SLURM_JOB_ID: the last element of an array has the id of the whole array.
        return text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            signal=
            worker=
            stop() { signal=$1; [ -z "$worker" ] || kill -s "$1" "$worker" 2>/dev/null; }
            trap 'stop USR1' USR1
            trap 'stop TERM' TERM
            {{command.Line($"$(({range.FirstTask} + SLURM_ARRAY_TASK_ID))")}} &
            worker=$!
            [ -z "$signal" ] || kill -s "$signal" "$worker" 2>/dev/null
            wait "$worker"; status=$?
            while kill -0 "$worker" 2>/dev/null; do wait "$worker"; status=$?; done
            # {{StudyTask.ContinuesLater}}: the work is saved and continues later. 138: the signal came before the program could take it.
            # 137: the program was killed; that is tried again twice.
            if [ "$status" -eq {{StudyTask.ContinuesLater}} ] || { [ "$signal" = USR1 ] && [ "$status" -eq 138 ]; } ||
              { [ "$status" -eq 137 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 2 ]; }; then
              for attempt in 1 2 3 4 5 6; do
                scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && exit 0
                sleep 10
              done
            fi
            exit "$status"

            """).ToString();
    }

    private static IEnumerable<string> OptionsOf(string jobName, string logs, ClusterOptions options, TaskRange range)
    {
        yield return $"--job-name={jobName}";
        yield return FormattableString.Invariant($"--array=0-{range.Tasks - 1}")
            + (options.ArrayLimit is { } limit ? FormattableString.Invariant($"%{limit}") : "");
        yield return Quoted("--output", $"{Path.GetFullPath(logs).Replace("%", "%%", StringComparison.Ordinal)}/{LogName("%A", "%a")}");
        yield return "--open-mode=append";
        yield return "--requeue";
        yield return FormattableString.Invariant($"--signal=B:USR1@{SecondsToSave}");
        yield return "--nodes=1";
        yield return "--ntasks=1";
        yield return FormattableString.Invariant($"--cpus-per-task={options.Cpus}");
        yield return $"--time={options.Time ?? DefaultTime(options)}";
        foreach (
            var (name, value) in new[]
            {
                ("--mem", options.Mem), ("--partition", options.Partition), ("--account", options.Account), ("--qos", options.Qos),
                ("--constraint", options.Constraint),
            })
        {
            if (value is not null)
            {
                yield return Quoted(name, value);
            }
        }

        foreach (var option in options.Sbatch)
        {
            yield return option;
        }
    }

    /// <summary>Name of the file that an element's output goes to.</summary>
    /// <param name="array">Id of the array.</param>
    /// <param name="element">Index of the element.</param>
    public static string LogName(string array, string element) => $"{array}_{element}.log";

    private static string DefaultTime(ClusterOptions options) =>
        Math.Ceiling(Math.Max(LeastMinutes, TimesOfEstimate * options.TaskMinutes)).ToString("0", CultureInfo.InvariantCulture);

    private static string Quoted(string name, string value) => value.Any(letter => letter is ' ' or '#' or '"' or '\\' or '\'')
        ? $"{name}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"{name}={value}";
}
