using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Experiments.Clusters;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Configuration;

namespace Husai.Cli.Commands.Clusters;

/// <summary>Options that say where and how the tasks of a study run: each takes the place of a key of <c>cluster</c>.</summary>
internal sealed class ClusterArguments
{
    private readonly Option<string?> _launcher = new("--cluster")
    {
        Description = "What starts the tasks: slurm (sbatch), script (a file with a line for each task, for any other scheduler) or local "
            + "(this process) [default: slurm]",
        HelpName = "NAME",
    };

    private readonly Option<double?> _taskMinutes = NumberOption.Create(
        "--task-minutes", "Pack jobs into tasks of about this duration [default: 30]", 0.001, 100_000.0);

    private readonly Option<int?> _cpus = NumberOption.Create("--cpus", "Processors and threads of a task [default: 1]", 1, 1024);
    private readonly Option<string?> _partition = Text("--partition", "Slurm's partition", "NAME");
    private readonly Option<string?> _account = Text("--account", "Slurm's account", "NAME");
    private readonly Option<string?> _time = Text(
        "--time", "Time limit of a task, such as 2:00:00 [default: four times --task-minutes, at least 15 minutes]", "TIME");

    private readonly Option<string?> _mem = Text("--mem", "Memory of a task, such as 4G", "SIZE");
    private readonly Option<string?> _qos = Text("--qos", "Slurm's quality of service", "NAME");
    private readonly Option<string?> _constraint = Text("--constraint", "Features that nodes must have", "LIST");
    private readonly Option<int?> _arrayLimit = NumberOption.Create(
        "--array-limit", "Tasks of an array that run at the same time [default: no limit]", 1, 1_000_000);

    private readonly Option<string[]> _sbatch = Repeated("--sbatch", "Any other option of sbatch, such as --exclude=node7; repeatable");
    private readonly Option<string[]> _setup = Repeated(
        "--setup", "Line of the shell that each task runs first, such as \"module load dotnet\"; repeatable");

    private readonly Option<string?> _program = Text(
        "--program", "How husai is started on a node [default: as it was started here]", "COMMAND");

    public void AddTo(Command command)
    {
        _launcher.AcceptOnly([.. LauncherName.All]);
        foreach (
            var option in (Option[])
            [
                _launcher, _taskMinutes, _cpus, _partition, _account, _time, _mem, _qos, _constraint, _arrayLimit, _sbatch, _setup,
                _program,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the command line says, else the configuration.</summary>
    /// <exception cref="ConfigurationException">A value is not one that the configuration could have.</exception>
    public ClusterOptions Read(CommandContext context, ClusterOptions? configured)
    {
        var options = configured ?? new ClusterOptions();
        options = options with
        {
            Launcher = context.Get(_launcher) ?? options.Launcher,
            TaskMinutes = context.Get(_taskMinutes) ?? options.TaskMinutes,
            Cpus = context.Get(_cpus) ?? options.Cpus,
            Partition = context.Get(_partition) ?? options.Partition,
            Account = context.Get(_account) ?? options.Account,
            Time = context.Get(_time) ?? options.Time,
            Mem = context.Get(_mem) ?? options.Mem,
            Qos = context.Get(_qos) ?? options.Qos,
            Constraint = context.Get(_constraint) ?? options.Constraint,
            ArrayLimit = context.Get(_arrayLimit) ?? options.ArrayLimit,
            Sbatch = [.. options.Sbatch, .. context.Get(_sbatch) ?? []],
            Setup = [.. options.Setup, .. context.Get(_setup) ?? []],
            Program = context.Get(_program) ?? options.Program,
        };

        // The rules are those of the configuration.
        return ConfigurationReader.Parse<ClusterOptions>(ConfigurationWriter.Write(options), "cluster");
    }

    /// <summary>How this program was started, as a line of the shell that works from any folder.</summary>
    public static string ThisProgram()
    {
        var process = Environment.ProcessPath ?? "husai";
        return Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{ShellText.Quote(process)} {ShellText.Quote(Path.Combine(AppContext.BaseDirectory, "husai.dll"))}")
            : ShellText.Quote(process);
    }

    private static Option<string?> Text(string name, string description, string value) =>
        new(name) { Description = description, HelpName = value };

    private static Option<string[]> Repeated(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TEXT",
        Arity = ArgumentArity.OneOrMore,
    };
}
