using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Numerics.Instructions;
using Husai.Numerics.SelfChecks;

namespace Husai.Cli.Commands;

/// <summary><c>husai selfcheck</c>: hashes of what every kernel computes here.</summary>
internal sealed class SelfCheckCommand() : HusaiCommand(
    "selfcheck",
    "Run every kernel on fixed inputs and print a hash of each result; the hashes are the same on every machine",
    "husai selfcheck",
    "husai selfcheck --json --threads 2")
{
    public override int Run(CommandContext context)
    {
        var kernels = new List<KernelHash>();
        using (var progress = context.Output.Progress("selfcheck", SelfCheck.Count, unit: "kernels"))
        {
            foreach (var kernel in SelfCheck.Run(context.Workers))
            {
                context.Cancellation.ThrowIfCancellationRequested();
                kernels.Add(kernel);
                progress.Report(kernels.Count, kernel.Name);
            }
        }

        var result = new Document(SelfCheck.Combine(kernels), Hardware.Tier, context.Workers.Threads, kernels);
        context.Output.Result(result, console =>
        {
            var table = Tables.Create(console, "kernel", "hash", "tier");
            foreach (var (name, hash) in kernels)
            {
                table.AddTextRow(name, hash, result.Tier.ToString());
            }

            console.Write(table.AddTextRow("combined", result.Combined, result.Tier.ToString()));
        });
        return ExitCode.Success;
    }

    private sealed record Document(string Combined, InstructionTier Tier, int Threads, IReadOnlyList<KernelHash> Kernels);
}
