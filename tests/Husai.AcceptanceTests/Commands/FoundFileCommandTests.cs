using System.Text.Json;
using static Husai.AcceptanceTests.BadInput;

namespace Husai.AcceptanceTests.Commands;

/// <summary>What the program says of files as users find them: one line, exit code 2, nothing written.</summary>
public sealed class FoundFileCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-found").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Each_layout_evaluates_to_its_library_s_values()
    {
        string[] folders = [
            "saelens-finetuned", "dictionary-learning-checkpoints/trainer_0/checkpoints/ae_100.pt", "gemma-scope-2",
            "hook-z/gpt2-small_L0.pt", "llama-scope", "language-model-saes"];
        var result = HusaiProcess.Run(
            ["sae", "evaluate", "--sae", .. folders.Select(folder => Found(folder)), "--activations", Found("x.npy"), "--json"]);

        Assert.True(result.ExitCode == 0, result.Error);
        var saes = JsonDocument.Parse(result.Output).RootElement.GetProperty("saes").EnumerateArray().ToList();
        double[] expected = [
            -0.8053210769880788, 0.2408766018692564, -0.10873383848144114, -0.11145713, -0.09104201972522907, -0.10873383848144091];
        Assert.Equal(expected.Length, saes.Count);
        Assert.All(expected.Zip(saes), pair => Assert.Equal(pair.First, pair.Second.GetProperty("explained_variance").GetDouble(), 1e-6));
    }

    [Theory]
    [InlineData("holds 6360 bytes of elements where Float32 of shape [200, 8] needs 6400", "trunc.npy")]
    [InlineData("there are no rows", "empty.npy")]
    [InlineData("member 'activations.npy' is compressed by method 14", "lzma.npz")]
    public void Activations_that_cannot_be_used_are_explained(string reason, string file) =>
        AssertRefused(reason, "sae", "evaluate", "--sae", Found("standard"), "--activations", Found("activations", file));

    [Theory]
    [InlineData("'W_dec'[", "nonfinite-nanrow")]
    [InlineData("Git LFS pointer", "lfs/saelens")]
    [InlineData("'trainer.dict_class' is missing", "dictionary-learning-without-class")]
    public void Info_refuses_what_cannot_be_used(string reason, string folder) => AssertRefused(reason, "sae", "info", Found(folder));

    [Fact]
    public void Stability_in_one_dimension_is_refused_in_a_line_of_our_own()
    {
        var error = AssertRefused("has width 1", "stability", Found("width-1", "a"), Found("width-1", "b"));

        Assert.DoesNotContain("Actual value", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_is_written_only_under_a_name_that_commands_recognise()
    {
        var (nameless, archive) = (Path.Combine(_root, "name"), Path.Combine(_root, "name.npz"));
        AssertRefused("name.npz", "sae", "export", Found("standard"), "--to", "npz", "--output", nameless);
        Assert.Empty(Directory.GetFileSystemEntries(_root));

        Assert.Equal(0, HusaiProcess.Run("sae", "export", Found("standard"), "--to", "npz", "--output", archive).ExitCode);
        Assert.Equal(0, HusaiProcess.Run("sae", "info", archive).ExitCode);
    }

    private static string AssertRefused(string reason, params string[] arguments)
    {
        var error = AssertBadInput(reason, arguments);
        Assert.Single(
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("husai: ", StringComparison.Ordinal));
        return error;
    }

    private static string Found(params string[] parts) => Path.Combine([AppContext.BaseDirectory, "Oracles", "found", .. parts]);
}
