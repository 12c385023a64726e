using Husai.Analysis.Causal;
using Husai.Cli.Output;
using Spectre.Console;

namespace Husai.Cli.Commands.Analysis;

/// <summary>What becomes of the model's answers: spliced reconstructions, turned phases, ablated latents.</summary>
internal static class CausalTables
{
    public static void Write(IAnsiConsole console, CircuitDocument document)
    {
        WriteSplice(console, document);
        WriteSteering(console, document);
        if (document.Saes.Any(sae => sae.Ablations is not null))
        {
            WriteAblations(console, document);
        }
    }

    private static void WriteSplice(IAnsiConsole console, CircuitDocument document)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "The model with the reconstruction spliced in. recovered: share of mean ablation's loss that it avoids; agree: latents to "
            + "which direction, function and effect on the logits give one frequency.");
        var table = Tables.Create(console, "sae", "#accuracy", "#spliced", "#loss", "#spliced", "#recovered", "#agree");
        foreach (var (index, sae) in document.Saes.Index())
        {
            table.AddTextRow(
                CircuitTables.LabelOf(index), CircuitTables.Text(sae.Splice.Clean.Accuracy),
                CircuitTables.Text(sae.Splice.Spliced.Accuracy),
                CircuitTables.Small(sae.Splice.Clean.CrossEntropy), CircuitTables.Small(sae.Splice.Spliced.CrossEntropy),
                CircuitTables.Text(sae.Splice.CeRecoveredMean),
                CircuitTables.Text(sae.Agreement?.Share));
        }

        console.Write(table);
    }

    private static void WriteSteering(IAnsiConsole console, CircuitDocument document)
    {
        if (document.Steering is not { } site)
        {
            return;
        }

        console.WriteLine();
        Explanation.Write(
            console,
            "Steering: the phase of every plane of a + b turned by 2 pi k / p. If the model computes with these planes, its answer c "
            + "becomes c + 1; random: turned by random multiples.");
        var table = Tables.Create(console, "activations", "#planes", "#answers c + 1", "#still c", "#c + 1 at random");
        Add("the model's own", site);
        foreach (var (index, sae) in document.Saes.Index())
        {
            if (sae.Steering is { } steering)
            {
                Add($"of {CircuitTables.LabelOf(index)}", steering);
            }
        }

        console.Write(table);

        void Add(string name, Steering steering) => table.AddTextRow(
            name, $"{steering.Planes}", CircuitTables.Text(steering.AnswersNext), CircuitTables.Text(steering.AnswersSame),
            CircuitTables.Text(steering.RandomAnswersNext));
    }

    private static void WriteAblations(IAnsiConsole console, CircuitDocument document)
    {
        console.WriteLine();
        Explanation.Write(
            console,
            "Increase of the training loss without the latents of each plane, without the plane itself (excluded loss), and without "
            + "as much variance of random latents (null); leakage: change of another frequency's share in the logits.");
        var ablations = Tables.Create(console, "sae", "plane", "#latents", "#without them", "#without plane", "#random", "#leakage");
        foreach (var (index, sae) in document.Saes.Index())
        {
            foreach (var plane in sae.Ablations?.Planes ?? [])
            {
                ablations.AddTextRow(
                    CircuitTables.LabelOf(index), plane.Plane, $"{plane.Latents}", CircuitTables.Small(plane.LossIncrease),
                    CircuitTables.Small(plane.ExcludedIncrease),
                    CircuitTables.Small(plane.RandomIncrease), CircuitTables.Text(plane.Leakage));
            }
        }

        console.Write(ablations);
    }
}
