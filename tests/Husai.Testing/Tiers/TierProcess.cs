using System.Diagnostics;
using System.Reflection;
using Husai.Numerics.Instructions;
using Xunit;

namespace Husai.Testing.Tiers;

/// <summary>
/// Runs the <see cref="RunsOnEveryTierAttribute"/> classes of a test assembly in a child process of a lower instruction tier.
/// </summary>
public static class TierProcess
{
    private const int MillisecondsToWait = 300_000;

    /// <summary>The names of the tiers below the best, each with the switch that leads there.</summary>
    public static TheoryData<string, string> Switches => new()
    {
        { nameof(InstructionTier.Avx2), "DOTNET_EnableAVX512" },
        { nameof(InstructionTier.Vector128), "DOTNET_EnableAVX2" },
        { nameof(InstructionTier.Software), "DOTNET_EnableHWIntrinsic" },
    };

    /// <summary>
    /// Runs the tests with a switch set to 0 and fails unless the child was in the expected tier (or this process's own, where that is
    /// lower), ran at least one test, all passed, and every <see cref="SameOnEveryTierAttribute"/> method returned what it returns here.
    /// </summary>
    /// <param name="tests">The test assembly.</param>
    /// <param name="tier">The name of the tier that the switch leads to.</param>
    /// <param name="variable">The environment variable to set to 0.</param>
    public static void Run(Assembly tests, string tier, string variable)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var expected = (InstructionTier)Math.Min((int)Enum.Parse<InstructionTier>(tier), (int)Hardware.Tier);
        var (exitCode, output) = Start(tests.Location, expected, variable);
        Assert.True(exitCode == 0, $"with {variable}=0, exit code {exitCode}:\n{output}");
        var lines = output.Split('\n', StringSplitOptions.TrimEntries);
        foreach (var fingerprint in TierTestRunner.Fingerprints(tests))
        {
            Assert.True(lines.Contains(fingerprint), $"with {variable}=0 the result differs from\n{fingerprint}\n{output}");
        }
    }

    private static (int ExitCode, string Output) Start(string tests, InstructionTier expected, string variable)
    {
        var folder = Path.GetDirectoryName(tests)!;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // The child resolves every assembly as the test host does: with the tests' own lists.
        foreach (var argument in new[]
        {
            "exec",
            "--depsfile", Path.ChangeExtension(tests, ".deps.json"),
            "--runtimeconfig", Path.ChangeExtension(tests, ".runtimeconfig.json"),
            Path.Combine(folder, "Husai.Testing.TierRunner.dll"),
            tests,
            expected.ToString(),
        })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[variable] = "0";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(MillisecondsToWait))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return (-1, $"no end after {MillisecondsToWait / 1000} s\n{output.Result}{error.Result}");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
