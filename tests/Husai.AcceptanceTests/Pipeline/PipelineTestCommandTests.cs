using System.Text.Json;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Pipeline;

public sealed class PipelineTestCommandTests
{
    [Fact]
    public void All_five_steps_pass()
    {
        var result = HusaiProcess.Run("pipeline", "test");
        Assert.True(result.ExitCode == ExitCode.Success, result.Output + result.Error);
        Assert.Contains("5/5", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transformer_that_is_not_there_is_bad_input()
    {
        var result = HusaiProcess.Run("pipeline", "test", "--checkpoint", "nowhere", "--json");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("husai: nowhere: no such folder", result.Error, StringComparison.Ordinal);
    }
}
