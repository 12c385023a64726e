using System.Globalization;
using Husai.AcceptanceTests.Documentation;

namespace Husai.AcceptanceTests.FirstDay;

/// <summary>The commands of docs/first-day.md do as typed what the page says, on a smaller modulus.</summary>
public sealed class FirstDayTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-first-day-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Every_command_prints_what_the_page_shows()
    {
        CopyConfigurations();
        var steps = FirstDayStep.OfPage();
        Assert.True(steps.Count >= 10);
        foreach (var step in steps)
        {
            using var process = HusaiProcess.Start(step.Arguments, workingDirectory: _root);
            var result = process.Wait(TimeSpan.FromMinutes(5));
            Assert.True(result.ExitCode == 0, $"husai {step.Typed}\n{result.Output}{result.Error}");
            step.AssertPrinted(result.Output);
        }

        AssertFirstSae();
        Assert.All(
            (string[])["stability", "similarity", "best-matches"],
            figure => Assert.All(
                (string[])[".svg", ".pdf", ".csv"],
                extension => Assert.True(File.Exists(Path.Combine(_root, "runs", "figures", figure + extension)))));
    }

    // The marks of the page's table that do not depend on the modulus.
    private void AssertFirstSae()
    {
        using var process = HusaiProcess.Start(
            ["sae", "evaluate", "runs/sae/topk_8x_k32/seed_42", "--checkpoint", "runs/model", "--json"], workingDirectory: _root);
        using var document = System.Text.Json.JsonDocument.Parse(process.Wait().Output);
        var sae = document.RootElement.GetProperty("saes")[0];
        Assert.InRange(sae.GetProperty("l0").GetDouble(), 31, 33);
        Assert.True(sae.GetProperty("explained_variance").GetDouble() > 0.7);
        Assert.True(sae.GetProperty("dead_fraction").GetDouble() < 0.3);
    }

    // With a smaller modulus fewer pairs must be held out, and the gate is not waited for.
    private void CopyConfigurations()
    {
        foreach (var folder in (string[])["sae", "transformer"])
        {
            Directory.CreateDirectory(Path.Combine(_root, "configs", folder));
            foreach (var file in Directory.GetFiles(Path.Combine(RepositoryFolder.Path, "configs", folder)))
            {
                File.Copy(file, Path.Combine(_root, "configs", folder, Path.GetFileName(file)));
            }
        }

        var quick = Path.Combine(_root, "configs", "transformer", "mod113_quick.yaml");
        var text = File.ReadAllText(quick);
        foreach (var (from, to) in new[]
        {
            ("modulus: 113", "modulus: 41"), ("train_fraction: 0.5", "train_fraction: 0.8"),
            ("clean_up_epochs: 500", "clean_up_epochs: 50"), ("clean_up_until_gate: true", "clean_up_until_gate: false"),
            ("restarts: 4", "restarts: 0"),
        })
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            text = text.Replace(from, to, false, CultureInfo.InvariantCulture);
        }

        File.WriteAllText(quick, text);
    }
}
