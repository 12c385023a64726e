using System.CommandLine;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Pipeline;
using Spectre.Console;

namespace Husai.Cli.Commands;

/// <summary><c>husai pipeline test</c>: do all steps work here?</summary>
internal sealed class PipelineTestCommand : HusaiCommand
{
    private readonly Option<string?> _checkpoint = CheckpointOption.Create(
        "Folder of a trained transformer [default: the command trains one]");

    private readonly Option<bool> _small = new("--small")
    {
        Description = "Train SAEs of 128 latents with k = 8, instead of 1024 with k = 32",
    };

    public PipelineTestCommand()
        : base(
            "test", "Run all five steps and check each: transformer, activations, SAE, circuit, two seeds",
            "husai pipeline test",
            "husai pipeline test --small",
            "husai pipeline test --checkpoint runs/quickstart/transformers/quick/seed_0")
    {
        Options.Add(_checkpoint);
        Options.Add(_small);
    }

    public override int Run(CommandContext context)
    {
        if (context.Get(_checkpoint) is { } checkpoint)
        {
            _ = SiteArguments.LoadCheckpoint(checkpoint);
        }

        var steps = new List<PipelineStep>();
        using (var progress = context.Output.Progress("pipeline test", PipelineTest.StepCount))
        {
            foreach (var step in PipelineTest.Run(
                context.Get(_checkpoint), context.Get(_small), context.Workers, context.Cancellation))
            {
                steps.Add(step);
                progress.Report(steps.Count, step.Name);
            }
        }

        var passed = steps.Count(step => step.Ok);
        context.Output.Result(new Document(passed, PipelineTest.StepCount, steps), console =>
        {
            var table = Tables.Create(console, "step", "result", "what was found");
            foreach (var step in steps)
            {
                table.AddTextRow(step.Name, step.Ok ? "ok" : "failed", step.Detail);
            }

            console.Write(table);
            console.WriteLine($"{passed}/{PipelineTest.StepCount}");
        });
        return passed == PipelineTest.StepCount ? ExitCode.Success : ExitCode.CheckFailed;
    }

    private sealed record Document(int Passed, int Total, IReadOnlyList<PipelineStep> Steps);
}
