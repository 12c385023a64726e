using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Experiments.Clusters.Launchers;

namespace Husai.Experiments.Clusters;

/// <summary>Where and how the tasks of a study run. Nothing here changes a result.</summary>
internal sealed record ClusterOptions : IValidatableObject
{
    /// <summary>What starts the tasks.</summary>
    [Description("What starts the tasks: slurm (sbatch), script (a file with a line for each task, for any other scheduler) or local "
        + "(this process)")]
    [AllowedValues(LauncherName.Slurm, LauncherName.Script, LauncherName.Local)]
    public string Launcher { get; init; } = LauncherName.Slurm;

    /// <summary>Estimated duration that jobs are packed into one task for, in minutes.</summary>
    [Description("Estimated duration of a task in minutes: jobs are packed until it is reached")]
    [Range(0.001, 100_000)]
    public double TaskMinutes { get; init; } = 30;

    /// <summary>Processors of a task.</summary>
    [Description("Processors of a task, and the threads it computes with")]
    [Range(1, 1024)]
    public int Cpus { get; init; } = 1;

    /// <summary>Slurm's partition.</summary>
    [Description("Slurm's --partition")]
    public string? Partition { get; init; }

    /// <summary>Slurm's account.</summary>
    [Description("Slurm's --account")]
    public string? Account { get; init; }

    /// <summary>Time limit of a task, as Slurm writes it.</summary>
    [Description("Slurm's --time, such as 2:00:00; four times task_minutes, and at least 15 minutes, if not given")]
    [RegularExpression("[0-9]+(-[0-9]+)?(:[0-9]+){0,2}")]
    public string? Time { get; init; }

    /// <summary>Memory of a task, as Slurm writes it.</summary>
    [Description("Slurm's --mem, such as 4G")]
    public string? Mem { get; init; }

    /// <summary>Slurm's quality of service.</summary>
    [Description("Slurm's --qos")]
    public string? Qos { get; init; }

    /// <summary>Slurm's constraint.</summary>
    [Description("Slurm's --constraint")]
    public string? Constraint { get; init; }

    /// <summary>Tasks of an array that run at the same time at most.</summary>
    [Description("Tasks of an array that run at the same time; as many as the cluster allows if not given")]
    [Range(1, 1_000_000)]
    public int? ArrayLimit { get; init; }

    /// <summary>Further options of sbatch.</summary>
    [Description("Further options of sbatch, such as --exclude=node7")]
    public IReadOnlyList<string> Sbatch { get; init; } = [];

    /// <summary>Lines of the shell before the program.</summary>
    [Description("Lines of the shell that each task runs first, such as module load dotnet/10.0")]
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>How the program is started on a node.</summary>
    [Description("How the program is started on a node, as a line of the shell; as it was started here if not given")]
    public string? Program { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (
            var (name, value) in new (string, string?)[]
            {
                (nameof(Partition), Partition), (nameof(Account), Account), (nameof(Mem), Mem), (nameof(Qos), Qos),
                (nameof(Constraint), Constraint), (nameof(Program), Program),
            })
        {
            if (value is not null && (value.Length == 0 || value.Any(char.IsControl)))
            {
                yield return new ValidationResult($"'{value}' is empty or has control characters", [name]);
            }
        }

        foreach (var line in Setup.Where(line => line.Any(char.IsControl)))
        {
            yield return new ValidationResult($"'{line}' is not one line of a shell", [nameof(Setup)]);
        }

        foreach (var option in Sbatch.Where(option => !option.StartsWith('-') || option.Any(char.IsControl)))
        {
            yield return new ValidationResult(
                $"'{option}' is no option of sbatch: it begins with '-', such as --exclude=node7", [nameof(Sbatch)]);
        }
    }
}
