using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Studies;

namespace Husai.Cli.Commands;

/// <summary><c>husai study run</c>: everything that a study needs and that is not done yet, then its report.</summary>
internal sealed class StudyRunCommand : HusaiCommand
{
    private readonly Argument<FileInfo> _configuration = new("CONFIG") { Description = "YAML file of the study" };

    private readonly Option<DirectoryInfo?> _output = new("--output")
    {
        Description = "Folder of the study [default: runs/ and the study's name]",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _overrides = new("--set")
    {
        Description = "Replace a value of the file, such as seeds=[1,2]; may be given several times",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly TrackerOption _tracker = new();

    public StudyRunCommand()
        : base(
            "run", "Train, measure and compare all that a study names, then write its report; running it again goes on where it stopped",
            "husai study run configs/studies/quickstart.yaml",
            "husai study run configs/studies/quickstart.yaml --output runs/three-seeds --set seeds=[1,2,3] --json")
    {
        Arguments.Add(_configuration);
        Options.Add(_output);
        Options.Add(_overrides);
        _tracker.AddTo(this);
    }

    public override int Run(CommandContext context)
    {
        var file = context.Get(_configuration).ToString();
        var overrides = context.Get(_overrides) ?? [];
        var options = StudyReader.Read(file, overrides);
        options = options with { Tracker = _tracker.Names(context, options.Tracker) };
        var folder = context.Get(_output)?.ToString() ?? Path.Combine("runs", options.Name);
        StudyResults results;
        using (var progress = context.Output.Jobs($"study {options.Name}"))
        {
            results = StudyRun.Run(
                options, folder, GlobalOptions.ThreadCount(context.Values), progress, warn: TrackerOption.Warn(context), cancellation: context.Cancellation);
        }

        StudyOutput.Write(context.Output, results, folder, [CommandLineOf(file, overrides)]);
        return results.Failures.Any() ? ExitCode.Failure : ExitCode.Success;
    }

    private static string CommandLineOf(string file, string[] overrides) =>
        string.Join(' ', ["husai study run", file, .. overrides.Select(assignment => $"--set \"{assignment}\"")]);
}
