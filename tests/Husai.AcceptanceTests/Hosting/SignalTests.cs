using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>Signals to the program as a process.</summary>
public sealed class SignalTests : IDisposable
{
    private const int Epochs = 400;
    private readonly TinyTraining _training = new();

    public void Dispose() => _training.Dispose();

    [Fact]
    public void A_training_that_is_hung_up_saves_and_goes_on_to_the_same_bits()
    {
        HusaiProcess.Run(_training.Arguments("whole", Epochs));
        var process = HusaiProcess.Start(_training.Arguments("parts", Epochs));
        process.WaitUntil(() => File.Exists(Path.Combine(_training.Path("parts"), "metrics.jsonl")));
        process.HangUp();

        Assert.Equal(ExitCode.HungUp, process.Wait().ExitCode);
        Assert.True(File.Exists(Path.Combine(_training.Path("parts"), "resume.safetensors")));
        Assert.Equal(ExitCode.Success, HusaiProcess.Run(_training.Arguments("parts", Epochs)).ExitCode);
        Assert.Equal(_training.Hash("whole"), _training.Hash("parts"));
        Assert.Equal(Metrics("whole"), Metrics("parts"));
    }

    [Fact]
    public void Under_nohup_a_hang_up_changes_nothing()
    {
        var process = HusaiProcess.Start(_training.Arguments("kept", Epochs), script: "trap '' HUP; exec \"$@\"");
        process.WaitUntil(() => File.Exists(Path.Combine(_training.Path("kept"), "metrics.jsonl")));
        process.HangUp();

        Assert.Equal(ExitCode.Success, process.Wait().ExitCode);
    }

    // Each would take many minutes.
    [Theory]
    [InlineData("chance", "--width", "4096", "--latents", "16000")]
    [InlineData("stability", "SAE", "OTHER", "--chance-draws", "10000", "--matcher", "hungarian")]
    [InlineData("compare", "--a", "SAE", "OTHER", "--b", "THIRD", "FOURTH", "--chance-draws", "10000", "--matcher", "hungarian")]
    [InlineData("world", "info", "configs/worlds/synth_sae_bench_16k_v2.yaml")]
    public void What_saves_nothing_ends_when_it_is_told_to(params string[] command)
    {
        foreach (var (name, seed) in new[] { ("SAE", 1), ("OTHER", 2), ("THIRD", 3), ("FOURTH", 4) })
        {
            if (command.Contains(name))
            {
                HusaiProcess.Run(
                    [
                        .. _training.Arguments(name, epochs: 1), "--seed", $"{seed}", "--set", "expansion_factor=600", "--set",
                        "evaluate_every=0"]);
            }
        }

        var process = HusaiProcess.Start(
            [.. command.Select(word => word is "SAE" or "OTHER" or "THIRD" or "FOURTH" ? _training.Path(word) : word)]);
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(2)), process.ErrorSoFar);
        process.Terminate();

        var result = process.Wait();
        Assert.Equal(ExitCode.Terminated, result.ExitCode);
        Assert.EndsWith("husai: interrupted\n", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private byte[] Metrics(string name) => File.ReadAllBytes(Path.Combine(_training.Path(name), "metrics.jsonl"));
}
