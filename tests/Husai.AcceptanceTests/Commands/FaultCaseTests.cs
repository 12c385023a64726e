using System.Text.Json;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Commands;

/// <summary>Inputs that once gave wrong numbers and said nothing.</summary>
public sealed class FaultCaseTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-faults").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_training_does_not_go_on_with_other_activations()
    {
        var folder = Path.Combine(_root, "q");
        string[] Train(string activations) =>
            ["sae", "train", "--config", Case("resume-other-data", "cfgL.yaml"), "--activations", Case("resume-other-data", activations),
            "--output", folder, "--threads", "1"];
        using (var process = HusaiProcess.Start(Train("c.npy")))
        {
            process.WaitUntil(() => File.Exists(Path.Combine(folder, "resume.safetensors")));
            process.Interrupt();
            process.Wait();
        }

        AssertBadInput("by a training on other activations: activations [200, 8] with hash", [.. Train("const.npy"), "--resume"]);
        AssertBadInput("other options: k is 3, was 4", [.. Train("c.npy"), "--resume", "--set", "k=3"]);
    }

    [Fact]
    public void One_SAE_is_not_several_seeds()
    {
        var (a, b, copy, link) = (Case("same-sae", "A"), Case("same-sae", "B"), Path.Combine(_root, "A2"), Path.Combine(_root, "Alink"));
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.GetFiles(a))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        Directory.CreateSymbolicLink(link, a);
        AssertBadInput("is not a second seed", "stability", a, a);
        AssertBadInput("is not a second seed", "stability", a, link);
        AssertBadInput("has the same weights as", "stability", a, copy, b);
        AssertBadInput("is not a second seed", "compare", "--a", a, a, a, "--b", b, b, b);
        AssertBadInput("has the same weights as", "compare", "--a", a, b, "--b", copy, b);
        Assert.Equal(0, HusaiProcess.Run("stability", a, copy, b, "--allow-equal").ExitCode);
    }

    [Fact]
    public void More_active_latents_than_there_are_is_refused_before_anything_is_written()
    {
        var folder = Path.Combine(_root, "out");

        AssertBadInput(
            "k is 32, but there are 16 latents",
            "sae", "train", "--activations", Case("resume-other-data", "c.npy"), "--set", "latents=16", "--set", "k=32", "--output",
            folder);

        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("same.npy")]
    [InlineData("zero.npy")]
    [InlineData("row1.npy")]
    public void A_share_of_no_variance_is_undefined(string activations)
    {
        string[] arguments = [
            "sae", "evaluate", "--sae", Case("constant-rows", "base"), "--activations", Case("constant-rows", activations)];
        var json = HusaiProcess.Run([.. arguments, "--json"]);
        Assert.True(json.ExitCode == 0, json.Error);
        using var document = JsonDocument.Parse(json.Output);
        var sae = document.RootElement.GetProperty("saes")[0];

        Assert.All(
            (string[])["fve_residual_mean_removed", "explained_variance", "ev_legacy"],
            name => Assert.Equal(JsonValueKind.Null, sae.GetProperty(name).ValueKind));
        Assert.DoesNotContain("NaN", json.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", HusaiProcess.Run(arguments).Output, StringComparison.Ordinal);
    }

    private static string Case(string name, string file) => Path.Combine(AppContext.BaseDirectory, "Oracles", "cases", name, file);
}
