using Husai.Cli.Commands;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>A command that does whatever a test needs.</summary>
internal sealed class TestCommand(Func<CommandContext, int> run) : HusaiCommand("test", "Does what a test needs.", "husai test --json")
{
    public override int Run(CommandContext context) => run(context);
}
