using System.CommandLine;
using Husai.Cli.Commands;
using Husai.Cli.Hosting;
using Husai.Formats.Numpy;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.AcceptanceTests.Commands;

/// <summary>Earlier names of commands and options do the same as those of today, and what is not named lies under <c>runs</c>.</summary>
public sealed class AliasTests : IDisposable
{
    private const string Transformer =
        """
        task: {modulus: 7}
        model: {model_width: 16, heads: 2, head_width: 8, mlp_width: 16}
        training: {epochs: 10, train_fraction: 0.8, seed: 3}
        """;

    private static readonly string[] SmallSae = [
        "--set", "latents=16", "--set", "k=3", "--set", "epochs=2", "--set", "batch_size=16", "--threads", "1"];

    private readonly string _root = Directory.CreateTempSubdirectory("husai-alias-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("--checkpoint", "--transformer-checkpoint", 10)]
    [InlineData("--output", "--save-dir", 2)]
    public void Every_command_takes_the_earlier_name(string name, string earlier, int commands)
    {
        var options = Commands(RootCommandFactory.Create()).SelectMany(command => command.Options).Where(option => option.Name == name)
            .ToList();
        Assert.Equal(commands, options.Count(option => option.Aliases.Contains(earlier)));
        Assert.All(options, option => Assert.True(name == "--output" || option.Aliases.Contains(earlier)));
        Assert.DoesNotContain(
            Commands(RootCommandFactory.Create()).SelectMany(command => command.Options), option => option.Name == earlier);
    }

    [Fact]
    public void Earlier_names_give_the_same_bytes()
    {
        File.WriteAllText(Path("t.yaml"), Transformer);
        Done("transformer", "train", "--config", Path("t.yaml"), "--output", Path("model"));
        Done("transformer", "train", "--config", Path("t.yaml"), "--save-dir", Path("earlier-model"));
        Assert.Equal(Bytes("model/model.safetensors"), Bytes("earlier-model/model.safetensors"));
        foreach (var seed in (string[])["1", "2"])
        {
            Done(["sae", "train", "--checkpoint", Path("model"), "--seed", seed, "--output", Path("sae" + seed), .. SmallSae]);
            Done(
                [
                    "sae", "train", "--transformer-checkpoint", Path("model"), "--seed", seed, "--save-dir", Path("earlier-sae" + seed),
                    .. SmallSae]);
            Assert.Equal(Bytes($"sae{seed}/sae_weights.safetensors"), Bytes($"earlier-sae{seed}/sae_weights.safetensors"));
        }

        string[][] readers =
        [
            ["transformer", "inspect", "--json"], ["activations", "extract", "--output", Path("activations.npy"), "--json"],
            ["sae", "evaluate", "--sae", Path("sae1"), "--json"], ["circuit", "--sae", Path("sae1"), Path("sae2"), "--json"],
            ["stability", Path("sae1"), Path("sae2"), "--chance-draws", "4", "--json"],
        ];
        foreach (var reader in readers)
        {
            Assert.Equal(
                Done([.. reader, "--checkpoint", Path("model")]).Output,
                Done([.. reader, "--transformer-checkpoint", Path("model")]).Output);
        }
    }

    [Fact]
    public void Earlier_names_of_options_and_values_mean_the_same()
    {
        var rows = new Matrix(300, 6);
        new RandomStream(3, "rows").FillNormal(rows.AsSpan(), 0);
        NumpyFile.Write(Path("x.npy"), NamedTensor.FromMatrix("x", rows));
        string[] train = ["sae", "train", "--activations", Path("x.npy"), "--set", "latents=8", "--set", "k=2"];
        Done([.. train, "--epochs", "2", "--seeds", "1,2", "--output", Path("saes")]);
        Done([.. train, "--set", "epochs=2", "--seeds", "1,2", "--output", Path("set")]);
        Assert.Equal(Bytes("saes/seed_1/sae_weights.safetensors"), Bytes("set/seed_1/sae_weights.safetensors"));
        string[] saes = [Path("saes/seed_1"), Path("saes/seed_2")];

        Same(
            ["chance", "--width", "8", "--latents", "8", "--chance-draws", "2", "--chance-seed", "3"],
            ["chance", "--width", "8", "--latents", "8", "--draws", "2", "--seed", "3"]);
        Same(
            ["stability", .. saes, "--cosine", "abs", "--matcher", "max", "--reduction", "fraction"],
            ["stability", "--sae", .. saes, "--similarity", "absolute", "--matcher", "maximum", "--reduction", "fraction_above_threshold"]);
        Same(["stability", .. saes, "--matcher", "mutual-nn"], ["stability", .. saes, "--matcher", "mutual_nearest"]);
        Same(
            ["sae", "evaluate", .. saes, "--activations", Path("x.npy")],
            ["sae", "evaluate", "--sae", .. saes, "--activations", Path("x.npy")]);
        Same(["sae", "info", saes[0]], ["sae", "info", "--sae", saes[0]]);

        var none = HusaiProcess.Run("sae", "evaluate", "--activations", Path("x.npy"));
        Assert.Equal(ExitCode.BadInput, none.ExitCode);
        Assert.StartsWith("husai: name one or more SAE folders", none.Error, StringComparison.Ordinal);
        var two = HusaiProcess.Run(["sae", "info", .. saes]);
        Assert.Equal(ExitCode.BadInput, two.ExitCode);
        Assert.StartsWith("husai: 2 SAE folders are named where 1 is needed", two.Error, StringComparison.Ordinal);

        void Same(string[] today, string[] earlier) => Assert.Equal(Done(today).Output, Done(earlier).Output);
    }

    [Fact]
    public void The_earlier_name_of_circuit_warns_and_prints_the_same()
    {
        File.WriteAllText(Path("t.yaml"), Transformer);
        Done("transformer", "train", "--config", Path("t.yaml"), "--output", Path("model"));
        Done(["sae", "train", "--checkpoint", Path("model"), "--output", Path("sae"), .. SmallSae]);
        var today = Done("circuit", "--sae", Path("sae"), "--checkpoint", Path("model"));
        var earlier = Done("fourier", "--sae", Path("sae"), "--checkpoint", Path("model"));
        Assert.Equal(today.Output, earlier.Output);
        Assert.Contains("'fourier' is now called 'circuit'", earlier.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("now called", today.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_named_lies_under_runs_in_a_folder_for_each_seed()
    {
        File.WriteAllText(Path("small.yaml"), Transformer);
        var rows = new Matrix(100, 6);
        new RandomStream(2, "rows").FillNormal(rows.AsSpan(), 0);
        NumpyFile.Write(Path("x.npy"), NamedTensor.FromMatrix("x", rows));
        Done("transformer", "train", "--config", "small.yaml");
        Done(["sae", "train", "--activations", "x.npy", "--seed", "5", .. SmallSae]);
        Done(["sae", "train", "--activations", "x.npy", "--seeds", "6,7", .. SmallSae]);
        Assert.True(File.Exists(Path("runs/transformer/small/seed_3/model.safetensors")));
        Assert.Equal(
            ["seed_5", "seed_6", "seed_7"], Directory.GetDirectories(Path("runs/sae/topk")).Select(System.IO.Path.GetFileName).Order());
        Assert.All(
            Directory.GetDirectories(Path("runs/sae/topk")),
            folder => Assert.True(File.Exists(System.IO.Path.Combine(folder, "sae_weights.safetensors"))));
    }

    [Fact]
    public void Without_a_configuration_the_folder_says_architecture_layer_and_seed()
    {
        File.WriteAllText(Path("t.yaml"), Transformer);
        Done("transformer", "train", "--config", Path("t.yaml"), "--output", Path("model"));
        Done(["sae", "train", "--checkpoint", "model", "--layer", "0", "--seed", "42", .. SmallSae]);
        Done(["sae", "train", "--checkpoint", "model", "--layer", "0", "--seed", "123", .. SmallSae]);
        Assert.Equal(
            ["seed_123", "seed_42"],
            Directory.GetDirectories(Path("runs/topk_layer0")).Select(System.IO.Path.GetFileName).Order());

        using var process = HusaiProcess.Start(["sae", "train", "--checkpoint", "model", "--layer", "1"], workingDirectory: _root);
        var refused = process.Wait();
        Assert.Equal(ExitCode.BadInput, refused.ExitCode);
        Assert.Contains("has no layer 1: the transformer has the layers 0 to 0", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Activations_without_a_named_file_lie_under_runs_and_are_summarised()
    {
        File.WriteAllText(Path("t.yaml"), Transformer);
        Done("transformer", "train", "--config", Path("t.yaml"), "--output", Path("model"));
        var extracted = Done("activations", "extract", "--checkpoint", "model", "--position", "first_operand");
        Assert.True(File.Exists(Path("runs/activations/model/resid_post_layer0_first_operand.safetensors")));
        Assert.All(
            (string[])["mean", "standard deviation", "least", "largest"],
            name => Assert.Contains(name, extracted.Output, StringComparison.Ordinal));
    }

    private HusaiResult Done(params string[] arguments)
    {
        using var process = HusaiProcess.Start(arguments, workingDirectory: _root);
        var result = process.Wait();
        Assert.True(result.ExitCode == 0, string.Join(' ', arguments) + result.Error);
        return result;
    }

    private byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    private string Path(string name) => System.IO.Path.Combine(_root, name);

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Append(command);
}
