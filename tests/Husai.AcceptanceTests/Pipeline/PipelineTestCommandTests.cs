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
    public void Without_a_transformer_every_step_says_what_it_lacks()
    {
        var result = HusaiProcess.Run("pipeline", "test", "--checkpoint", "nowhere", "--json");
        Assert.Equal(ExitCode.CheckFailed, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(0, document.RootElement.GetProperty("passed").GetInt32());
        Assert.Contains(
            "nowhere", document.RootElement.GetProperty("steps")[0].GetProperty("detail").GetString(), StringComparison.Ordinal);
    }
}
