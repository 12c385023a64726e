using Husai.AcceptanceTests.Documentation;
using Husai.AcceptanceTests.Networks;

namespace Husai.AcceptanceTests.Library;

/// <summary>The packages, from a feed that is a folder, as a user takes them.</summary>
public sealed class PackageTests : IDisposable
{
    // No release has it, so that nothing else can be taken for it.
    private const string Version = "0.2.0-packed";
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-package-").FullName;

    public PackageTests()
    {
        Forget();
        File.WriteAllText(
            Path.Combine(_folder, "nuget.config"),
            "<configuration><packageSources><add key=\"packed\" value=\"feed\" /></packageSources></configuration>");
    }

    private string Feed => Path.Combine(_folder, "feed");

    public void Dispose()
    {
        Forget();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void The_ten_lines_of_the_sample_run_on_the_package()
    {
        Pack("Husai.Library");
        Assert.Equal(0, HusaiProcess.Run(
            "world", "sample", Path.Combine(RepositoryFolder.Path, "configs", "worlds", "small_trees.yaml"), "--rows", "2000", "--output",
            Path.Combine(_folder, "activations.npy")).ExitCode);
        var sample = File.ReadAllText(Path.Combine(RepositoryFolder.Path, "samples", "compare.cs"));
        Assert.StartsWith("#:package Husai@0.2.0\n", sample, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "compare.cs"), sample.Replace("Husai@0.2.0", "Husai@" + Version, StringComparison.Ordinal));

        var output = Dotnet.Run(_folder, "run", "compare.cs", "activations.npy");

        Assert.Matches(@"^kappa -?\d\.\d{3}: The seeds ", output);
    }

    [Fact]
    public void The_sample_with_a_network_runs_on_both_packages()
    {
        Pack("Husai.Library");
        Pack("Husai.NetworkLibrary");
        TinyNetworkFiles.Write(_folder);
        File.WriteAllText(
            Path.Combine(_folder, "network.cs"),
            $"#:package Husai.Networks@{Version}\n"
                + File.ReadAllText(Path.Combine(RepositoryFolder.Path, "samples", "Network", "Program.cs")));

        var output = Dotnet.Run(
            _folder, "run", "network.cs", TinyNetworkFiles.Model, TinyNetworkFiles.Text, "mlp_hidden.0", "store");

        Assert.Matches(@"^\d{4} rows of width 12\nkappa -?0\.\d{3}: The seeds ", output);
    }

    [Fact]
    public void The_program_is_installed_as_a_tool()
    {
        Pack("Husai.Cli");
        Dotnet.Run(_folder, "tool", "install", "Husai.Tool", "--version", Version, "--tool-path", "tools");

        var output = Dotnet.Run(_folder, "exec", Directory.EnumerateFiles(
            Path.Combine(_folder, "tools"), "husai.dll", SearchOption.AllDirectories).First(), "--help");

        Assert.Contains("selfcheck", output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(_folder, "tools"), "husai*"));
    }

    private void Pack(string project) => Dotnet.Run(
        RepositoryFolder.Path, "pack", Path.Combine("src", project), "-c", "Release", "--no-build", "-o", Feed, "-p:Version=" + Version,
        "-p:BuildProjectReferences=false");

    // What is restored stays in the user's cache.
    private static void Forget()
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var package in (string[])["husai", "husai.networks", "husai.tool"])
        {
            var folder = Path.Combine(cache, package, Version);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
