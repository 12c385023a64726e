using System.Diagnostics;
using Husai.AcceptanceTests.Folders;
using Husai.AcceptanceTests.Study;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>Pipes and devices where a file is to be written: they are neither opened nor replaced.</summary>
public sealed class OutputThatIsNoFileTests(NothingIsDestroyedTests.Results results) : IClassFixture<NothingIsDestroyedTests.Results>
{
    [Theory]
    [InlineData("stability finished foreign --allow-equal --per-latent", ".csv")]
    [InlineData("activations extract --checkpoint model --output", ".npy")]
    [InlineData("activations extract --checkpoint model --output", ".safetensors")]
    [InlineData("world sample configs/worlds/small_independent.yaml --rows 9 --output", ".npy")]
    [InlineData("sae export finished --to npz --output", ".npz")]
    public void Each_is_refused_by_name(string command, string extension)
    {
        string[] folders = ["finished", "foreign", "model"];
        Refused(extension, path => [.. command.Split(' ').Select(word => folders.Contains(word) ? results.Path(word) : word), path]);
    }

    [Fact]
    public void A_page_of_results_is_refused_before_the_study_runs()
    {
        using var study = new TinyStudy();
        Refused(".md", path => study.Arguments("run", "--results", path));
        Assert.False(Directory.Exists(study.Folder("run")));
    }

    private void Refused(string extension, Func<string, string[]> arguments)
    {
        var pipe = results.Path("pipe" + extension);
        Assert.Equal(0, ExitCodeOf("mkfifo", pipe));
        var device = File.CreateSymbolicLink(results.Path("null" + extension), "/dev/null");
        foreach (var (path, kind) in new[] { (pipe, "pipe"), (device.FullName, "device") })
        {
            var result = HusaiProcess.Run(arguments(path));
            Assert.Equal(ExitCode.BadInput, result.ExitCode);
            Assert.Contains($"{path}: is a {kind}; name a file to write to", result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(0, ExitCodeOf("test", "-p", pipe));
        Assert.Equal("/dev/null", device.LinkTarget);
        File.Delete(pipe);
        device.Delete();
    }

    private static int ExitCodeOf(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
