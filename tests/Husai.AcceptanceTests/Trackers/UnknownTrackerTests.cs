using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.AcceptanceTests.Trackers;

public sealed class UnknownTrackerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-unknown").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void It_is_refused_by_name_on_the_command_line_and_nothing_is_written() =>
        AssertRefused(HusaiProcess.Run([.. Training(), "--tracker", "wandb,mlflow"]));

    [Fact]
    public void It_is_refused_by_name_in_a_configuration_and_nothing_is_written()
    {
        var configuration = Path.Combine(_root, "own.yaml");
        File.WriteAllText(configuration, "latents: 32\nk: 3\ntracker: mlflow\n");
        var result = HusaiProcess.Run([.. Training(), "--config", configuration]);
        AssertRefused(result);
        Assert.Contains("own.yaml:3", result.Error, StringComparison.Ordinal);
    }

    private void AssertRefused(HusaiResult result)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("mlflow", result.Error, StringComparison.Ordinal);
        Assert.Contains("wandb", result.Error, StringComparison.Ordinal);
        Assert.Contains("tensorboard", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_root, "saved")));
    }

    private string[] Training()
    {
        var rows = Path.Combine(_root, "x.npy");
        NumpyFile.Write(rows, NamedTensor.FromMatrix("x", new Matrix(40, 8)));
        return ["sae", "train", "--activations", rows, "--output", Path.Combine(_root, "saved")];
    }
}
