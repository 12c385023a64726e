namespace Husai.AcceptanceTests;

public sealed class ProgramTests
{
    [Fact]
    public void Help_lists_the_commands()
    {
        var result = HusaiProcess.Run("--help");

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("selfcheck", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public void A_mistyped_command_is_refused_with_the_nearest_name()
    {
        var result = HusaiProcess.Run("selfchek");

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("Did you mean 'selfcheck'?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_number_of_threads_in_the_environment_is_refused()
    {
        var result = HusaiProcess.RunWith(new Dictionary<string, string> { ["HUSAI_THREADS"] = "many" }, "selfcheck");

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("husai: HUSAI_THREADS is 'many' where a number from 1 to 1024 is needed\n", result.Error);
    }

    [Theory]
    [InlineData("sae", "info", "")]
    [InlineData("study", "run", "")]
    [InlineData("study", "report", "")]
    [InlineData("transformer", "train", "--config", "")]
    [InlineData("stability", "", "")]
    public void An_empty_value_is_refused_by_name(params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Matches("^husai: (--)?[a-z]+ is empty; is a shell variable unset", result.Error.ToLowerInvariant());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void A_signal_ends_a_command_without_a_result(string signal, int expected)
    {
        // Without vector instructions the check takes seconds.
        using var process = HusaiProcess.Start(
            ["selfcheck", "--json"], new Dictionary<string, string> { ["DOTNET_EnableHWIntrinsic"] = "0" });
        process.Signal(signal);
        var result = process.Wait();

        Assert.Equal(expected, result.ExitCode);
        Assert.Empty(result.Output);
    }
}
