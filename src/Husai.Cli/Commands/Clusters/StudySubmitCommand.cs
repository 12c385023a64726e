using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Clusters;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Folders;
using Husai.Experiments.Studies.Configuration;
using Husai.Formats.Text;
using Spectre.Console;

namespace Husai.Cli.Commands.Clusters;

/// <summary><c>husai study submit</c>: a study as arrays of tasks on a cluster.</summary>
internal sealed class StudySubmitCommand : HusaiCommand
{
    private readonly Argument<FileInfo> _configuration = new("CONFIG") { Description = "Configuration of the study in YAML" };

    private readonly Option<DirectoryInfo?> _output = new("--output")
    {
        Description = "Folder of the study, which all nodes see [default: runs/NAME, NAME from the study]",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _overrides = OverridesOption.Create("seeds=[1,2]");

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Print the scripts, and write and submit nothing" };

    private readonly ClusterArguments _cluster = new();

    private readonly TrackerOption _tracker = new();

    public StudySubmitCommand()
        : base(
            "submit", "Submit a study to a cluster; the same command submits again what failed or was cancelled",
            "husai study submit configs/studies/quickstart.yaml --dry-run",
            "husai study submit configs/studies/quickstart.yaml --output /shared/quickstart --partition cpu --cpus 4 --time 2:00:00",
            "husai study submit configs/studies/quickstart.yaml --cluster script --setup \"module load dotnet\"")
    {
        Arguments.Add(_configuration);
        Options.Add(_output);
        Options.Add(_overrides);
        Options.Add(_dryRun);
        _cluster.AddTo(this);
        _tracker.AddTo(this);
    }

    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        var file = context.Get(_configuration).ToString();
        var overrides = context.Get(_overrides) ?? [];
        var options = StudyReader.Read(file, overrides);
        options = options with { Tracker = _tracker.Names(context, options.Tracker) };
        var folder = context.Get(_output)?.ToString() ?? Path.Combine(RunFolders.DefaultRoot, options.Name);
        var submission = new StudySubmission(
            options, folder, _cluster.Read(context, options.Cluster), ClusterArguments.ThisProgram(),
            [StudyRunCommand.CommandLineOf(file, overrides)]);
        if (context.Get(_dryRun))
        {
            var preview = submission.Preview();
            context.Output.Result(Document(options.Name, folder, preview, withScripts: true), console => ShowScripts(console, preview));
            return ExitCode.Success;
        }

        var code = ExitCode.Success;
        var submitted = submission.Submit((plan, task) => code = Math.Max(code, StudyWorkCommand.Run(context, plan, task)));
        context.Output.Result(
            Document(options.Name, folder, submitted, withScripts: false), console => Show(console, options.Name, folder, submitted));
        return code;
    }

    private static object Document(string study, string folder, SubmittedStudy submitted, bool withScripts) => new
    {
        Study = study,
        Folder = folder,
        submitted.Plan,
        submitted.Done,
        submitted.Jobs,
        submitted.Tasks,
        WorkSeconds = submitted.Seconds,
        Launches = submitted.Launches.Select(launch => new
        {
            launch.Stage,
            launch.Tasks,
            launch.LongestSeconds,
            launch.Id,
            launch.ScriptPath,
            Script = withScripts ? launch.Script : null,
        }),
    };

    private static void ShowScripts(IAnsiConsole console, SubmittedStudy preview)
    {
        console.WriteLine(Summary(preview));
        foreach (var launch in preview.Launches)
        {
            console.WriteLine();
            console.WriteLine($"# {launch.ScriptPath}" + (launch.Stage > 1 ? ", after the stage before" : ""));
            console.Write(new Text(launch.Script));
        }
    }

    private static void Show(IAnsiConsole console, string study, string folder, SubmittedStudy submitted)
    {
        if (submitted.Plan is null)
        {
            console.WriteLine($"study {study}: all is done; the report is {Path.Combine(folder, "report.html")}");
            return;
        }

        console.WriteLine($"study {study}: {Summary(submitted)}");
        foreach (var launch in submitted.Launches)
        {
            console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  stage {launch.Stage}: {launch.Tasks} tasks of at most {Durations.Estimate(launch.LongestSeconds)}: ")
                + (launch.Id.Length > 0 ? $"job {launch.Id}" : launch.ScriptPath));
        }

        console.WriteLine($"husai study status {ShellText.Quote(folder)} says how far it is");
    }

    private static string Summary(SubmittedStudy submitted) => string.Create(
        CultureInfo.InvariantCulture,
        $"{submitted.Jobs} jobs in {submitted.Tasks} tasks, about {Durations.Estimate(submitted.Seconds)} of work on one core; "
            + $"{submitted.Done} jobs are done already");
}
