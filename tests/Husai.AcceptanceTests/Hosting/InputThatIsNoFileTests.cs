using System.Diagnostics;
using Husai.Cli.Commands;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Hosting;

/// <summary>Pipes that nobody writes to, devices, loops of links and the like in place of files and folders.</summary>
public sealed class InputThatIsNoFileTests : IDisposable
{
    private const string Input = "INPUT";
    private const string Output = "OUTPUT";

    // What could be a pipe within a folder.
    private static readonly string[] Names =
        ["cfg.json", "config.json", "config.yaml", "manifest.json", "hyperparams.json", "params.npz", "sae_weights.safetensors",
        "model.safetensors", "ae.pt"];

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-inputs-");
    private readonly Interruption _interruption = new();

    public static TheoryData<string> Commands =>
    [
        $"sae info {Input}", $"sae import {Input} --output {Output}", $"sae export {Input} --to npz --output {Output}.npz",
        $"sae evaluate --sae {Input} --activations {Input}", $"sae train --activations {Input} --output {Output}",
        $"sae train --config {Input} --activations {Input} --output {Output}",
        $"sae train --checkpoint {Input} --output {Output}", $"transformer train --config {Input} --output {Output}",
        $"transformer inspect --checkpoint {Input}", $"activations extract --checkpoint {Input} --output {Output}.npy",
        $"circuit --sae {Input} --checkpoint {Input}", $"stability {Input} {Input}", $"compare --a {Input} {Input} --b {Input} {Input}",
        $"world info {Input}", $"world sample {Input} --rows 9 --output {Output}.npy",
        $"world evaluate --sae {Input} --world {Input}",
        $"sae train --world {Input} --rows 9 --output {Output}", $"dynamics {Input} {Input}",
        $"study run {Input} --output {Output}", $"study report {Input}",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Each_is_refused_in_a_line_and_nothing_has_changed(string command)
    {
        foreach (var input in (string[])[.. Files(), .. Folders()])
        {
            var before = Listing();

            using var output = new StringWriter();
            using var error = new StringWriter();
            var arguments = command.Split(' ').Select(word => word.Replace(Input, input, StringComparison.Ordinal)
                .Replace(Output, Path.Combine(_folder.FullName, "output"), StringComparison.Ordinal));
            var run = Task.Run(() => new CommandHost(output, error, _interruption).Run(RootCommandFactory.Create(), [.. arguments]));
            Assert.True(await Task.WhenAny(run, Task.Delay(Patience)) == run, $"{input} was opened");

            var exitCode = await run;
            Assert.True(exitCode == ExitCode.BadInput, $"{input}: {exitCode}: {error}");
            var line = Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith("husai: ", line, StringComparison.Ordinal);
            Assert.InRange(line.Length, 10, 600);
            Assert.Equal(before, Listing());
        }
    }

    [Fact]
    public void A_description_without_end_is_read_to_a_limit()
    {
        var folder = _folder.CreateSubdirectory("sae").FullName;
        using (var file = File.Create(Path.Combine(folder, "cfg.json")))
        {
            file.SetLength(1L << 40);
        }

        var result = HusaiProcess.Run("sae", "info", folder);

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.EndsWith("is longer than the 16777216 bytes that are read of a configuration\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_may_come_from_a_pipe_of_the_shell()
    {
        var result = HusaiProcess.RunInShell("echo 'kk: 1' | \"$@\" --config /dev/stdin", "sae", "train", "--activations", "x.npy");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("/dev/stdin:1:1: unknown key 'kk'", result.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _folder.Delete(recursive: true);
    }

    private IEnumerable<string> Files()
    {
        var pipe = Path.Combine(_folder.FullName, "pipe.npy");
        MakePipe(pipe);
        yield return pipe;
        yield return File.CreateSymbolicLink(Path.Combine(_folder.FullName, "zero.npy"), "/dev/zero").FullName;
        yield return "/dev/tty";
        yield return File.CreateSymbolicLink(Path.Combine(_folder.FullName, "loop.npy"), "loop.npy").FullName;
        yield return Path.Combine(_folder.FullName, new string('n', 300) + ".npy");
        yield return Path.Combine([_folder.FullName, .. Enumerable.Repeat(new string('n', 200), 30), "x.npy"]);
        yield return _folder.CreateSubdirectory("folder.npy").FullName;
    }

    private IEnumerable<string> Folders()
    {
        foreach (var name in Names)
        {
            var folder = _folder.CreateSubdirectory("folder");
            MakePipe(Path.Combine(folder.FullName, name));
            yield return folder.FullName;
            folder.Delete(recursive: true);
        }
    }

    private string[] Listing() => [.. Directory.GetFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories).Order()];

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
    }
}
