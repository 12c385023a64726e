using System.CommandLine;
using Husai.Cli.Commands.Activations;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Commands.Clusters;
using Husai.Cli.Commands.Networks;
using Husai.Cli.Commands.Saes;
using Husai.Cli.Commands.Transformer;
using Husai.Cli.Commands.Worlds;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands;

/// <summary>The command tree: one line for each command or group.</summary>
internal static class RootCommandFactory
{
    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Husai measures whether the features of sparse autoencoders (SAEs) are real and reproducible.");
        GlobalOptions.AddTo(root);
        root.Subcommands.Add(new Command("transformer", "Train and inspect transformers")
        {
            new TransformerTrainCommand(), new TransformerInspectCommand(),
        });
        root.Subcommands.Add(new Command("network", "Look into networks in ONNX files")
        {
            new NetworkSitesCommand(), new NetworkTokensCommand(), new NetworkRandomiseCommand(),
        });
        root.Subcommands.Add(new Command("activations", "Extract and describe activations")
        {
            new ActivationsExtractCommand(), new ActivationsInfoCommand(),
        });
        root.Subcommands.Add(new Command("sae", "Train, measure and convert SAEs")
        {
            new SaeTrainCommand(), new SaeEvaluateCommand(), new SaeInfoCommand(), new SaeImportCommand(), new SaeExportCommand(),
        });
        root.Subcommands.Add(new Command("world", "Describe, sample and evaluate on synthetic worlds, whose features are known")
        {
            new WorldInfoCommand(), new WorldSampleCommand(), new WorldEvaluateCommand(),
        });
        root.Subcommands.Add(new LatentsCommand());
        root.Subcommands.Add(new CircuitCommand());
        root.Subcommands.Add(new StabilityCommand());
        root.Subcommands.Add(new AgreementCommand());
        root.Subcommands.Add(new DynamicsCommand());
        root.Subcommands.Add(new CompareCommand());
        root.Subcommands.Add(new ChanceCommand());
        root.Subcommands.Add(new ServeCommand());
        root.Subcommands.Add(new SelfCheckCommand());
        root.Subcommands.Add(new Command("study", "Run studies: train, measure, compare, report")
        {
            new StudyRunCommand(), new StudyReportCommand(), new StudySubmitCommand(), new StudyStatusCommand(), new StudyCancelCommand(),
            new StudyMergeCommand(), new StudyWorkCommand(),
        });
        root.Subcommands.Add(
            new Command("pipeline", "Test all steps from a transformer to the agreement of two seeds") { new PipelineTestCommand() });
        return root;
    }
}
