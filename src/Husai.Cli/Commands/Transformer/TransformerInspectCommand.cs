using System.CommandLine;
using System.Globalization;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;
using Spectre.Console;

namespace Husai.Cli.Commands.Transformer;

/// <summary><c>husai transformer inspect</c>.</summary>
internal sealed class TransformerInspectCommand : HusaiCommand
{
    private readonly Option<string?> _checkpoint = CheckpointOption.Create("Folder of the transformer", required: true);

    private readonly Option<bool> _gate = new("--gate")
    {
        Description = "Exit with code 3 unless the transformer generalises perfectly and uses the Fourier algorithm",
    };

    public TransformerInspectCommand()
        : base(
            "inspect",
            "Measure what a transformer has learnt, and its circuit",
            "husai transformer inspect --checkpoint runs/transformer/mod113_quick/seed_0",
            "husai transformer inspect --checkpoint runs/transformer/mod113_quick/seed_0 --gate --json")
    {
        Options.Add(_checkpoint);
        Options.Add(_gate);
    }

    public override int Run(CommandContext context)
    {
        var directory = context.Get(_checkpoint)!;
        var inspection = TransformerInspection.Of(TransformerCheckpoint.Load(directory), context.Workers);
        if (CircuitModulus.Problem(inspection.Modulus) is { } problem)
        {
            context.Output.Note($"husai: {problem}");
        }

        context.Output.Result(Document.Of(directory, inspection), console => Show(console, directory, inspection));
        return context.Get(_gate) && !inspection.GatePassed ? ExitCode.CheckFailed : ExitCode.Success;
    }

    private static void Show(IAnsiConsole console, string directory, TransformerInspection inspection)
    {
        var facts = Tables.Create(console, "transformer", directory);
        facts.AddTextRow(
            "task", $"{inspection.Task} modulo {inspection.Modulus}{(inspection.LabelLeaks ? " (the label leaks: copying)" : "")}");
        if (inspection.Restarts > 0)
        {
            facts.AddTextRow("restarts", $"{inspection.Restarts}");
        }

        facts.AddTextRow("parameters", $"{inspection.Parameters}");
        facts.AddTextRow("train loss, accuracy", $"{Number(inspection.Train.Loss)}, {Number(inspection.Train.Accuracy)}");
        facts.AddTextRow("held-out loss, accuracy", $"{Number(inspection.Test.Loss)}, {Number(inspection.Test.Accuracy)}");
        if (inspection.Measures is { } measures)
        {
            facts.AddTextRow("key frequencies", string.Join(' ', measures.KeyFrequencies));
            facts.AddTextRow("embedding, share at key frequencies", Number(measures.EmbeddingKeyShare));
            facts.AddTextRow("embedding, Gini", Number(measures.EmbeddingGini));
            facts.AddTextRow("neurons to logits, Gini", Number(measures.NeuronLogitGini));
        }

        console.Write(facts.AddTextRow("weights", inspection.WeightsHash));
        var gate = Tables.Create(console, "gate", "#value", "", "#limit", "");
        foreach (var check in inspection.Gate)
        {
            gate.AddTextRow(
                check.Name, Number(check.Value), check.Relation, Number(check.Limit),
                !check.Applies ? "does not apply" : check.Ok ? "ok" : "FAILED");
        }

        console.Write(gate);
    }

    private static string Number(double value) => value.ToString("g4", CultureInfo.InvariantCulture);

    private sealed record Document(
        string Checkpoint, string Task, int Modulus, bool LabelLeaks, int Restarts, long Parameters, double TrainLoss,
        double TrainAccuracy,
        double TestLoss, double TestAccuracy, IReadOnlyList<int>? KeyFrequencies, double? EmbeddingKeyShare, double? LogitSumShare,
        double? LogitCosineFve, double? RestrictedLoss, double? ExcludedLoss, double? NeuronsSingleFrequency, double? EmbeddingGini,
        double? NeuronLogitGini, bool GatePassed, IReadOnlyList<GateCheck> Gate, string WeightsHash)
    {
        public static Document Of(string directory, TransformerInspection inspection)
        {
            var measures = inspection.Measures;
            return new Document(
                directory, inspection.Task, inspection.Modulus, inspection.LabelLeaks, inspection.Restarts, inspection.Parameters,
                inspection.Train.Loss, inspection.Train.Accuracy, inspection.Test.Loss, inspection.Test.Accuracy, measures?.KeyFrequencies,
                measures?.EmbeddingKeyShare, measures?.LogitSumShare, measures?.LogitCosineFve, measures?.RestrictedLoss,
                measures?.ExcludedLoss, measures?.NeuronsSingleFrequency, measures?.EmbeddingGini, measures?.NeuronLogitGini,
                inspection.GatePassed, inspection.Gate, inspection.WeightsHash);
        }
    }
}
