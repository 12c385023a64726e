using System.Text.Json;

namespace Husai.AcceptanceTests.Commands;

public sealed class AgreementCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-agreement").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Functions_are_compared_on_a_transformer_or_on_activations_and_drawn()
    {
        var configuration = Path.Combine(_root, "t.yaml");
        File.WriteAllText(
            configuration,
            "{task: {modulus: 7}, model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}, training: {epochs: 10, "
                + "train_fraction: 0.8}}");
        var model = Path.Combine(_root, "model");
        var rows = Path.Combine(_root, "rows.npy");
        Run("transformer", "train", "--config", configuration, "--output", model);
        Run("activations", "extract", "--checkpoint", model, "--output", rows);
        string[] saes = [.. ((string[])["1", "2", "3"]).Select(seed =>
        {
            var folder = Path.Combine(_root, "sae-" + seed);
            Run("sae", "train", "--checkpoint", model, "--seed", seed, "--output", folder, "--set", "latents=24", "--set", "k=4", "--set",
                "epochs=3", "--set", "batch_size=16");
            return folder;
        })];
        var figure = Path.Combine(_root, "agreement.svg");

        var inModel = Run(["agreement", .. saes, "--checkpoint", model, "--figure", figure, "--json"]);
        var alone = Run(["agreement", .. saes, "--activations", rows, "--threads", "1", "--json"]);

        Assert.Equal(7, inModel.GetProperty("matchers").GetArrayLength());
        var matcher = inModel.GetProperty("matchers")[0];
        Assert.Equal("nearest_decoder", matcher.GetProperty("matcher").GetString());
        Assert.Equal(1, matcher.GetProperty("coverage").GetProperty("mean").GetDouble());
        Assert.InRange(matcher.GetProperty("effects").GetProperty("fingerprint").GetProperty("mean").GetDouble(), -1, 1);
        Assert.False(alone.GetProperty("matchers")[0].TryGetProperty("effects", out _));
        Assert.Equal(
            matcher.GetProperty("substitution").GetProperty("mean").GetDouble(),
            alone.GetProperty("matchers")[0].GetProperty("substitution").GetProperty("mean").GetDouble(), 1e-5);
        Assert.Contains("hard negative", File.ReadAllText(figure), StringComparison.Ordinal);
        Assert.Contains("fingerprint", HusaiProcess.Run(["agreement", .. saes, "--checkpoint", model]).Output, StringComparison.Ordinal);

        var chosen = Run(
            ["agreement", .. saes, "--activations", rows, "--matcher", "mutual_decoder,hungarian_decoder", "--matcher",
                "nearest_activation", "--json"]);
        Assert.Equal(
            ["mutual_decoder", "hungarian_decoder", "nearest_activation"],
            chosen.GetProperty("matchers").EnumerateArray().Select(each => each.GetProperty("matcher").GetString()));
        Assert.Equal(
            alone.GetProperty("matchers")[2].GetProperty("substitution").GetRawText(),
            chosen.GetProperty("matchers")[1].GetProperty("substitution").GetRawText());

        BadInput.AssertBadInput("each at most once", ["agreement", .. saes, "--activations", rows, "--matcher", "nearest"]);
        BadInput.AssertBadInput(
            "each at most once", ["agreement", .. saes, "--activations", rows, "--matcher", "mutual_decoder,mutual_decoder"]);
        BadInput.AssertBadInput("at least two", "agreement", saes[0], "--checkpoint", model);
        BadInput.AssertBadInput("--checkpoint", ["agreement", .. saes]);
        BadInput.AssertBadInput("no such folder", "agreement", saes[0], Path.Combine(_root, "none"), "--checkpoint", model);
        BadInput.AssertBadInput("t.yaml", ["agreement", .. saes, "--checkpoint", model, "--figure", configuration]);
    }

    private static JsonElement Run(params string[] arguments)
    {
        var result = HusaiProcess.Run(arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output.StartsWith('{') ? JsonDocument.Parse(result.Output).RootElement : default;
    }
}
