using System.Diagnostics;
using Husai.AcceptanceTests.Documentation;

namespace Husai.AcceptanceTests.Python;

public sealed class PythonPackageTests
{
    [PythonFact]
    public void The_tests_of_the_package_pass()
    {
        var start = new ProcessStartInfo(
            PythonFactAttribute.Interpreter!, ["-B", "-m", "unittest", "discover", "-s", Path.Combine("python", "tests")])
        {
            WorkingDirectory = RepositoryFolder.Path,
            RedirectStandardError = true,
        };
        start.Environment["HUSAI"] = Path.Combine(AppContext.BaseDirectory, "husai.dll");
        using var process = Process.Start(start)!;
        var report = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, report);
        Assert.Contains("OK", report, StringComparison.Ordinal);
    }
}
