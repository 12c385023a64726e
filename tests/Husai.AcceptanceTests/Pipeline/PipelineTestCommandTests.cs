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
        Assert.Contains("TopK, 1024 latents, k = 32: L0 32.0 (25 to 40)", result.Output, StringComparison.Ordinal);
        Assert.Contains("loaded again: the same weights", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_small_test_passes_too()
    {
        var result = HusaiProcess.Run("pipeline", "test", "--small");
        Assert.True(result.ExitCode == ExitCode.Success, result.Output + result.Error);
        Assert.Contains("TopK, 128 latents, k = 8", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transformer_that_is_not_there_is_bad_input()
    {
        var result = HusaiProcess.Run("pipeline", "test", "--checkpoint", "nowhere", "--json");
        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.StartsWith("husai: nowhere: no such folder", result.Error, StringComparison.Ordinal);
    }
}
