using System.Runtime.CompilerServices;

namespace Husai.AcceptanceTests.Study.Slurm;

/// <summary>A fact that needs the daemons of Slurm, and root to start them; without them it is reported as skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        if (!OperatingSystem.IsLinux() || SlurmCluster.Programs.FirstOrDefault(program => !File.Exists(program)) is { } missing)
        {
            Skip = $"{SlurmCluster.Programs[0]} and others of Slurm are not on this machine (packages slurm-wlm and munge of Debian)";
        }
        else if (Environment.UserName != "root")
        {
            Skip = "only root can start the daemons of Slurm";
        }
    }
}
