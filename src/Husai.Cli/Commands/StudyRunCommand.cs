using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Folders;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;

namespace Husai.Cli.Commands;

/// <summary><c>husai study run</c>: everything that a study needs and that is not done yet, then its report.</summary>
internal sealed class StudyRunCommand : HusaiCommand
{
    private readonly Argument<FileInfo[]> _configurations = new("CONFIG")
    {
        Description = "Configuration of the study in YAML; repeatable, the studies run one after another",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<DirectoryInfo?> _output = new("--output")
    {
        Description = "Folder to write the study to [default: runs/NAME, NAME from the study]; with several studies the folder of their "
            + "folders [default: runs]",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _overrides = OverridesOption.Create("seeds=[1,2]");

    private readonly TrackerOption _tracker = new();

    private readonly ResultsOption _results = new();

    public StudyRunCommand()
        : base(
            "run", "Train, measure and compare everything in a study, then write its report; the same command resumes a study that was "
                + "stopped",
            "husai study run configs/studies/quickstart.yaml",
            "husai study run configs/studies/quickstart.yaml --output runs/three-seeds --set seeds=[1,2,3] --json",
            "husai study run configs/studies/quickstart.yaml configs/studies/seeds-week3.yaml",
            "husai study run configs/studies/recovery.yaml configs/studies/goldilocks.yaml --results docs/results.md")
    {
        Arguments.Add(_configurations);
        Options.Add(_output);
        Options.Add(_overrides);
        _tracker.AddTo(this);
        _results.AddTo(this);
    }

    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        var overrides = context.Get(_overrides) ?? [];
        var studies = Read(context, overrides);
        var output = new StudyOutput(context.Output);
        _results.RequireReplaceable(context);

        // Only where they lie: the results of many studies would fill the memory.
        var finished = new List<string>();
        var code = StudySequence.Run(context, [.. studies.Keys], name =>
        {
            var (file, options) = studies[name];
            var folder = Folder(context, options.Name, studies.Count > 1);
            var results = Run(context, options, folder);
            finished.Add(folder);
            output.WriteReport(results, folder, [CommandLineOf(file, overrides)]);
            return results.Failures.Any() ? ExitCode.Failure : ExitCode.Success;
        });
        output.Show(studies.Count > 1);
        _results.Write(
            context, finished, code,
            _ => [.. studies.Values.Select(study => study.File), .. overrides.Select(assignment => $"--set \"{assignment}\"")]);
        return code;
    }

    // All files are read before anything is run: a mistake in the last is reported at once.
    private Dictionary<string, (string File, StudyOptions Options)> Read(CommandContext context, string[] overrides)
    {
        var studies = new Dictionary<string, (string File, StudyOptions Options)>(StringComparer.OrdinalIgnoreCase);
        foreach (var file in context.Get(_configurations)!.Select(path => path.ToString()))
        {
            var options = StudyReader.Read(file, overrides);
            if (!studies.TryAdd(options.Name, (file, options with { Tracker = _tracker.Names(context, options.Tracker) })))
            {
                throw new BadInputException(
                    $"{file} and {studies[options.Name].File} both hold a study '{options.Name}': give them different names");
            }
        }

        return studies;
    }

    private string Folder(CommandContext context, string study, bool several)
    {
        var given = context.Get(_output)?.ToString();
        return several || given is null ? Path.Combine(given ?? RunFolders.DefaultRoot, study) : given;
    }

    private static StudyResults Run(CommandContext context, StudyOptions options, string folder)
    {
        try
        {
            using var progress = context.Output.Jobs($"study {options.Name}");
            return StudyRun.Run(
                options, folder, GlobalOptions.ThreadCount(context.Values), progress, warn: TrackerOption.Warn(context),
                cancellation: context.Cancellation);
        }
        catch (OperationCanceledException)
        {
            context.Output.Note($"the finished part is in {folder}; the same command resumes the study");
            throw;
        }
    }

    public static string CommandLineOf(string file, string[] overrides) =>
        string.Join(' ', ["husai study run", file, .. overrides.Select(assignment => $"--set \"{assignment}\"")]);
}
