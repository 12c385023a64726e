namespace Husai.AcceptanceTests.Study;

/// <summary>Commands in place of Slurm's, as scripts of the shell: they do what a test says, and keep what they were called with.</summary>
internal sealed class StandInSlurm : IDisposable
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-commands-").FullName;

    public StandInSlurm()
    {
        Set("scontrol", "echo 'MaxArraySize = 1001'");
        Set("squeue", "true");
        Set("scancel", "true");
        Set("sbatch", "echo 17");
    }

    /// <summary>What a process needs to call these.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["PATH"] = _folder + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH"),
    };

    /// <summary>Says what a command does; <c>$script</c> is its last argument.</summary>
    public void Set(string command, string does)
    {
        var path = Path.Combine(_folder, command);
        File.WriteAllText(path, $"#!/bin/sh\necho \"$@\" >> '{path}.calls'\nfor script; do :; done\n{does}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Executable);
        }
    }

    /// <summary>Arguments of each call of a command so far.</summary>
    public string[] Calls(string command) =>
        Path.Combine(_folder, $"{command}.calls") is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
