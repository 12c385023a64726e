using Husai.AcceptanceTests.Documentation;
using Husai.AcceptanceTests.Networks;

namespace Husai.AcceptanceTests.Library;

public sealed class SamplesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-samples-").FullName;

    public SamplesTests() => Assert.Equal(0, HusaiProcess.Run(
        "world", "sample", Path.Combine(RepositoryFolder.Path, "configs", "worlds", "small_trees.yaml"), "--rows", "3000", "--output",
        Activations).ExitCode);

    private string Activations => Path.Combine(_folder, "activations.npy");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Three_seeds_are_trained_and_compared()
    {
        var output = Sample("TrainAndCompare", Activations);

        Assert.Matches(@"^similarity 0\.\d{3}, by chance 0\.\d{3}, kappa -?0\.\d{3}\nThe seeds ", output);
    }

    [Fact]
    public void Saes_in_folders_are_read_and_compared()
    {
        string[] seeds = ["seed_1", "seed_2"];
        Assert.Equal(0, HusaiProcess.Run(
            "sae", "train", "--activations", Activations, "--set", "latents=64", "--set", "k=4", "--epochs", "2", "--seeds", "1,2",
            "--output", Path.Combine(_folder, "saes")).ExitCode);

        var output = Sample("ImportAndCompare", [Activations, .. seeds.Select(seed => Path.Combine(_folder, "saes", seed))]);

        Assert.Contains("64 latents of width 48, TopK", output, StringComparison.Ordinal);
        Assert.Contains("decoder cosine, one to one: 0.", output, StringComparison.Ordinal);
        Assert.Contains("HungarianDecoder: a partner writes 0.", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_runs_through_a_network_and_a_finished_store_is_taken_as_it_is()
    {
        TinyNetworkFiles.Write(_folder);
        string[] arguments =
        [
            Path.Combine(_folder, TinyNetworkFiles.Model), Path.Combine(_folder, TinyNetworkFiles.Text), "mlp_hidden.0",
            Path.Combine(_folder, "store"),
        ];

        var output = Sample("Network", arguments);

        Assert.Matches(@"^\d{4} rows of width 12\nkappa -?0\.\d{3}: The seeds ", output);
        Assert.Equal(output, Sample("Network", arguments));
    }

    [Fact]
    public void The_readme_shows_the_lines_of_the_sample()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "samples", "compare.cs"))
            .Where(line => !line.StartsWith("#:", StringComparison.Ordinal) && !line.StartsWith("//", StringComparison.Ordinal));

        Assert.Contains(
            $"```csharp\n{string.Join('\n', lines)}\n```", File.ReadAllText(Path.Combine(RepositoryFolder.Path, "README.md")),
            StringComparison.Ordinal);
    }

    private static string Sample(string name, params IReadOnlyList<string> arguments)
    {
        var program = Path.Combine(RepositoryFolder.Path, "samples", name, "bin", "Release", "net10.0", name + ".dll");
        Assert.True(File.Exists(program), $"{program} is not there: it is built with the solution");
        return Dotnet.Run(RepositoryFolder.Path, ["exec", program, .. arguments]);
    }
}
