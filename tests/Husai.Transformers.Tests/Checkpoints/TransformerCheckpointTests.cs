using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Transformers.Checkpoints;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Tests.Computation;
using Husai.Transformers.Training;

namespace Husai.Transformers.Tests.Checkpoints;

public sealed class TransformerCheckpointTests
{
    public static TheoryData<string> Variants => ModelVariants.Names;

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_model_comes_back_bit_for_bit(string variant)
    {
        using var folder = new TemporaryFolder();
        var model = ModelVariants.Build(variant);
        TransformerCheckpoint.Save(folder.Path, model, new TransformerTrainingOptions { Seed = 5, TrainFraction = 0.4 });
        var loaded = TransformerCheckpoint.Load(folder.Path);

        Assert.Equal(model.WeightsHash(), loaded.WeightsHash);
        Assert.Equal(model.Logits().AsSpan(), loaded.Model.Logits().AsSpan());
        Assert.Equal(model.Options, loaded.Model.Options);
        Assert.Equal(model.Task.ToOptions(), loaded.Task.ToOptions());
        Assert.Equal(DataSplit.Random(model.Task.Inputs, 0.4, 5).Train, loaded.Split!.Train);
    }

    [Fact]
    public void Tensors_have_the_names_and_shapes_of_TransformerLens()
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(
            folder.Path, Transformer.Initialise(ArithmeticTask.From(new TaskOptions()), new TransformerOptions(), 0));
        var file = SafetensorsFile.Read(folder["model.safetensors"]);

        Assert.Equal([4, 128, 32], file.Tensors["blocks.0.attn.W_Q"].Shape);
        Assert.Equal([4, 32, 128], file.Tensors["blocks.0.attn.W_O"].Shape);
        Assert.Equal([114, 128], file.Tensors["embed.W_E"].Shape);
        Assert.Equal([3, 128], file.Tensors["pos_embed.W_pos"].Shape);
        Assert.Equal([128, 512], file.Tensors["blocks.0.mlp.W_in"].Shape);
        Assert.Equal([512], file.Tensors["blocks.0.mlp.b_in"].Shape);
        Assert.Equal([128, 113], file.Tensors["unembed.W_U"].Shape);
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_tensor_of_a_HookedTransformer_is_in_the_file(string variant)
    {
        using var folder = new TemporaryFolder();
        var model = ModelVariants.Build(variant);
        TransformerCheckpoint.Save(folder.Path, model);
        var tensors = SafetensorsFile.Read(folder["model.safetensors"]).Tensors;
        var own = model.Parameters.Tensors.Select(tensor => tensor.Name).ToHashSet();

        List<string> names = ["embed.W_E", "pos_embed.W_pos", "unembed.W_U", "unembed.b_U"];
        for (var layer = 0; layer < model.Options.Layers; layer++)
        {
            names.AddRange(
                ((string[])["W_Q", "W_K", "W_V", "W_O", "b_Q", "b_K", "b_V", "b_O"]).Select(name => $"blocks.{layer}.attn.{name}"));
            names.AddRange(((string[])["W_in", "b_in", "W_out", "b_out"]).Select(name => $"blocks.{layer}.mlp.{name}"));
            names.AddRange(
                model.Options.LayerNorm
                    ? [$"blocks.{layer}.ln1.w", $"blocks.{layer}.ln1.b", $"blocks.{layer}.ln2.w", $"blocks.{layer}.ln2.b"]
                    : (string[])[]);
        }

        names.AddRange(model.Options.LayerNorm ? ["ln_final.w", "ln_final.b"] : (string[])[]);
        Assert.Equal(names.Order(StringComparer.Ordinal), tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(tensors.Values.Where(tensor => tensor.Name.Contains(".b_", StringComparison.Ordinal) && !own.Contains(tensor.Name)),
            tensor => Assert.All(tensor.ToSingles(), value => Assert.Equal(0, value)));
        if (model.Options.TiedUnembedding)
        {
            var (unembedding, embedding) = (tensors["unembed.W_U"].ToMatrix(), tensors["embed.W_E"].ToMatrix());
            Assert.Equal((embedding.Columns, model.Task.Classes), (unembedding.Rows, unembedding.Columns));
            Assert.Equal(embedding[3, 2], unembedding[2, 3]);
        }
    }

    [Fact]
    public void The_numbers_of_the_special_tokens_are_in_the_configuration()
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("two layers, leaked label"));
        var configuration = System.Text.Json.JsonDocument.Parse(File.ReadAllText(folder["config.json"])).RootElement;
        var modulus = configuration.GetProperty("task").GetProperty("modulus").GetInt32();

        Assert.Equal(
            $"BOS {modulus}, + {modulus + 3}, = {modulus + 2}, EOS {modulus + 1}",
            string.Join(
                ", ", configuration.GetProperty("special_tokens").EnumerateObject().Select(token => $"{token.Name} {token.Value}")));
    }

    [Fact]
    public void A_checkpoint_from_before_those_tensors_is_read()
    {
        using var folder = new TemporaryFolder();
        var model = ModelVariants.Build("one layer, ReLU, MLP biases");
        TransformerCheckpoint.Save(folder.Path, model);
        SafetensorsFile.Write(folder["model.safetensors"], model.NamedTensors());
        var text = File.ReadAllText(folder["config.json"]);
        File.WriteAllText(
            folder["config.json"], System.Text.RegularExpressions.Regex.Replace(text, "\"special_tokens\": \\{[^}]*\\},", ""));

        Assert.DoesNotContain("special_tokens", File.ReadAllText(folder["config.json"]), StringComparison.Ordinal);
        Assert.Equal(model.WeightsHash(), TransformerCheckpoint.Load(folder.Path).WeightsHash);
    }

    [Theory]
    [InlineData("unembed.b_U", "other than zeros")]
    [InlineData("blocks.0.attn.b_Q", "other than zeros")]
    public void A_bias_that_the_configuration_leaves_out_must_be_zero(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("one layer, ReLU, MLP biases"));
        var file = SafetensorsFile.Read(folder["model.safetensors"]);
        var changed = file.Tensors[name].ToSingles();
        changed[^1] = 1;
        NamedTensor[] tensors = [
            .. file.Tensors.Values.Where(tensor => tensor.Name != name),
            NamedTensor.FromVector(name, changed, [.. file.Tensors[name].Shape])];
        SafetensorsFile.Write(folder["model.safetensors"], tensors, file.Metadata);

        Assert.Contains(reason, Refused(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_leaked_label_is_marked_in_both_files()
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("two layers, leaked label"));

        Assert.Contains("\"label_leaks\": true", File.ReadAllText(folder["config.json"]), StringComparison.Ordinal);
        Assert.Equal("true", SafetensorsFile.Read(folder["model.safetensors"]).Metadata["label_leaks"]);
    }

    [Fact]
    public void Every_truncation_of_the_weights_is_a_one_line_error()
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("one layer, ReLU, MLP biases"));
        var bytes = File.ReadAllBytes(folder["model.safetensors"]);
        foreach (var length in (int[])[0, 1, 7, 8, 100, bytes.Length / 2, bytes.Length - 1])
        {
            File.WriteAllBytes(folder["model.safetensors"], bytes[..length]);
            Refused(folder);
        }
    }

    [Fact]
    public void An_altered_weight_is_noticed()
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("one layer, ReLU, MLP biases"));
        var bytes = File.ReadAllBytes(folder["model.safetensors"]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(folder["model.safetensors"], bytes);

        Assert.Contains("altered", Refused(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("husai-transformer", "something-else")]
    [InlineData("\"modulus\": 7", "\"modulus\": 1000")]
    [InlineData("\"modulus\": 7", "\"modulus\": 5")]
    [InlineData("\"modulus\": 7", "\"modulo\": 7")]
    [InlineData("\"layers\": 1", "\"layers\": 2")]
    [InlineData("\"layers\": 1", "\"layers\": 0")]
    [InlineData("\"heads\": 2", "\"heads\": \"two\"")]
    [InlineData("\"activation\": \"relu\"", "\"activation\": \"tanh\"")]
    [InlineData("\"label_leaks\": false", "\"label_leaks\": true")]
    [InlineData("\"=\": 7", "\"=\": 8")]
    [InlineData("{", "[")]
    public void An_altered_configuration_is_a_one_line_error(string before, string after)
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("one layer, ReLU, MLP biases"));
        var text = File.ReadAllText(folder["config.json"]);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(folder["config.json"], text.Replace(before, after, StringComparison.Ordinal));

        Refused(folder);
    }

    [Fact]
    public void A_model_that_no_memory_holds_is_refused_before_it_is_made()
    {
        using var folder = new TemporaryFolder();
        TransformerCheckpoint.Save(folder.Path, ModelVariants.Build("one layer, ReLU, MLP biases"));
        var text = File.ReadAllText(folder["config.json"]);
        foreach (
            var (key, value) in new[] { ("layers", 16), ("model_width", 4096), ("heads", 64), ("head_width", 1024), ("mlp_width", 16384) })
        {
            text = System.Text.RegularExpressions.Regex.Replace(text, $"\"{key}\": \\d+", $"\"{key}\": {value}");
        }

        File.WriteAllText(folder["config.json"], text);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains("far fewer", Refused(folder), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Fact]
    public void An_empty_folder_is_a_one_line_error()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("config.json", Refused(folder), StringComparison.Ordinal);
    }

    private static string Refused(TemporaryFolder folder)
    {
        var message = Assert.Throws<InvalidFileException>(() => TransformerCheckpoint.Load(folder.Path)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
