using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;

namespace Husai.Autoencoders.Tests.Interop;

public sealed class SaeImportTests : IDisposable
{
    private static readonly Dictionary<string, string> Refused = new()
    {
        ["sae-lens-transcoder"] = "transcoder",
        ["sae-lens-skip-transcoder"] = "transcoder",
        ["sae-lens-layer-norm"] = "layer_norm",
        ["sae-lens-constant-norm"] = "constant_norm_rescale",
        ["dictionary-learning-batchtopk-unset"] = "threshold",
        ["sparsify-transcoder"] = "transcode",
        ["sparsify-skip-transcoder"] = "transcode",
        ["sparsify-groupmax"] = "groupmax",
        ["openai-topk"] = "normalises each row",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-import").FullName;

    public static TheoryData<string> Accepted => [.. InteropOracle.Names.Where(name => !Refused.ContainsKey(name))];

    public static TheoryData<string> NotAccepted => [.. Refused.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Latents_and_reconstructions_are_the_library_s_own(string name)
    {
        var oracle = new InteropOracle(name);
        oracle.RequireSame(SaeFolder.Load(oracle.Folder).Sae);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Naming_the_layout_or_the_file_gives_the_same(string name)
    {
        var oracle = new InteropOracle(name);
        var layout = SaeLayouts.Parse(name switch
        {
            _ when name.StartsWith("sae-lens", StringComparison.Ordinal) => "saelens",
            _ when name.StartsWith("dictionary", StringComparison.Ordinal) => "dictionary_learning",
            _ when name.StartsWith("sparsify", StringComparison.Ordinal) => "sparsify",
            _ when name.StartsWith("openai", StringComparison.Ordinal) => "openai",
            _ => "gemma_scope",
        });
        var weights = Directory.GetFiles(oracle.Folder).Single(file => Path.GetExtension(file) != ".json");

        oracle.RequireSame(SaeImport.Read(oracle.Folder, layout).Sae);
        oracle.RequireSame(SaeImport.Read(weights).Sae);
        Assert.Equal(layout, SaeLayouts.Detect(oracle.Folder));
    }

    [Theory]
    [MemberData(nameof(NotAccepted))]
    public void What_cannot_be_represented_is_refused_with_the_reason(string name)
    {
        var error = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(new InteropOracle(name).Folder));

        Assert.Contains(Refused[name], error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void An_import_saved_in_our_layout_is_the_same_SAE(string name)
    {
        var imported = SaeFolder.Load(new InteropOracle(name).Folder);

        SaeFolder.Save(_folder, imported);
        var loaded = SaeFolder.Load(_folder);

        Assert.Equal(SaeFolder.WeightsHash(imported.Sae), SaeFolder.WeightsHash(loaded.Sae));
        Assert.Equal(
            (
                imported.Sae.Architecture, imported.Sae.K, imported.Sae.SubtractsDecoderBias,
                imported.TrainingArchitecture),
            (loaded.Sae.Architecture, loaded.Sae.K, loaded.Sae.SubtractsDecoderBias, loaded.TrainingArchitecture));
    }

    [Fact]
    public void The_weights_that_are_named_are_the_ones_that_are_read()
    {
        new InteropOracle("sparsify-topk").CopyTo(_folder);
        var (usual, named) = (Path.Combine(_folder, "sae.safetensors"), Path.Combine(_folder, "sae_of_epoch_1.safetensors"));
        var bias = NamedTensor.FromVector("b_dec", Enumerable.Repeat(3f, SaeFolder.Load(_folder).Sae.Width).ToArray());
        SafetensorsFile.Write(named, [.. SafetensorsFile.Read(usual).Tensors.Values.Where(tensor => tensor.Name != "b_dec"), bias]);

        Assert.All(SaeFolder.Load(named).Sae.DecoderBias, value => Assert.Equal(3, value));
        Assert.All(SaeFolder.Load(usual).Sae.DecoderBias, value => Assert.NotEqual(3, value));
        File.Delete(usual);
        Assert.All(SaeFolder.Load(_folder).Sae.DecoderBias, value => Assert.Equal(3, value));
    }

    [Fact]
    public void A_legacy_TopK_does_not_become_a_ReLU()
    {
        var saved = SaeFolder.Load(new InteropOracle("sae-lens-legacy-topk").Folder);

        Assert.Equal((SaeArchitecture.TopK, 3), (saved.Sae.Architecture, saved.Sae.K));
        Assert.Equal("blocks.0.hook_resid_post", (string)saved.Metadata["hook_name"]!);
        Assert.Equal("tiny", (string)saved.Metadata["model_name"]!);
    }

    [Theory]
    [InlineData("\"normalize_activations\": false", "\"normalize_activations\": true", "activation_scaler.json")]
    [InlineData("\"activation_fn_str\": \"topk\"", "\"activation_fn_str\": \"tanh-relu\"", "tanh-relu")]
    [InlineData("\"k\": 3", "\"k\": 11", "11")]
    public void A_legacy_configuration_that_means_something_else_is_refused(string good, string bad, string reason)
    {
        new InteropOracle("sae-lens-legacy-topk").CopyTo(_folder);
        Replace("cfg.json", good, bad);

        Assert.Contains(reason, Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_input_scale_of_a_SAELens_checkpoint_is_folded_into_the_weights()
    {
        var oracle = new InteropOracle("sae-lens-jumprelu");
        oracle.CopyTo(_folder);
        Replace("cfg.json", "\"normalize_activations\": \"none\"", "\"normalize_activations\": \"expected_average_only_in\"");
        File.WriteAllText(Path.Combine(_folder, "activation_scaler.json"), "{\"scaling_factor\": 0.5}");

        var sae = SaeFolder.Load(_folder).Sae;

        // Of inputs twice as large, the scaled checkpoint sees the oracle's inputs, and what it reconstructs is doubled.
        oracle.RequireSame(sae, inputFactor: 2, latentFactor: 1, reconstructionFactor: 2);
    }

    [Fact]
    public void The_norm_factor_of_a_dictionary_learning_backup_is_applied()
    {
        var oracle = new InteropOracle("dictionary-learning-backup");
        oracle.CopyTo(_folder);
        var content = TorchFile.Read(Path.Combine(_folder, "ae.pt")).Tensors.Values.Where(tensor => tensor.Name != "norm_factor");
        TorchFile.Write(Path.Combine(_folder, "ae.pt"), [.. content, NamedTensor.FromVector("norm_factor", [2])]);

        var sae = SaeFolder.Load(_folder).Sae;

        oracle.RequireSame(sae, factor: 2);
    }

    [Fact]
    public void Thresholds_stored_as_logarithms_are_read()
    {
        var oracle = new InteropOracle("sae-lens-jumprelu");
        oracle.CopyTo(_folder);
        var weights = Path.Combine(_folder, "sae_weights.safetensors");
        var tensors = SafetensorsFile.Read(weights).Tensors.Values.Where(tensor => tensor.Name != "threshold").ToList();
        var thresholds = SafetensorsFile.Read(weights).Require("threshold").ToDoubles();
        SafetensorsFile.Write(weights, [.. tensors, NamedTensor.FromDoubles("log_threshold", Array.ConvertAll(thresholds, Math.Log))]);

        var sae = SaeFolder.Load(_folder).Sae;

        oracle.RequireSame(sae);
        InteropOracle.RequireClose([thresholds], [Array.ConvertAll(sae.Threshold!, value => (double)value)], 1e-6);
    }

    [Fact]
    public void A_running_threshold_of_scaled_latents_holds_after_folding()
    {
        var oracle = new InteropOracle("sae-lens-topk-rescaled");
        oracle.CopyTo(_folder);
        var weights = Path.Combine(_folder, "sae_weights.safetensors");
        SafetensorsFile.Write(
            weights, [.. SafetensorsFile.Read(weights).Tensors.Values, NamedTensor.FromDoubles("topk_threshold", [1e-3])]);
        Replace("cfg.json", "\"architecture\": \"topk\"", "\"architecture\": \"matryoshka_batchtopk\"");

        var saved = SaeFolder.Load(_folder);
        var latents = PlainForward.Of(saved.Sae, oracle.Inputs).Latents;

        // With a low threshold every latent that TopK keeps fires with the same value.
        Assert.Equal("matryoshka", saved.TrainingArchitecture);
        var kept = oracle.Latents.Zip(latents, (theirs, ours) => ours.Select((value, latent) => theirs[latent] > 0 ? value : 0).ToArray());
        InteropOracle.RequireClose(oracle.Latents, [.. kept], 1e-6);
    }

    [Fact]
    public void An_unset_running_threshold_is_refused()
    {
        new InteropOracle("sae-lens-batchtopk-training").CopyTo(_folder);
        var weights = Path.Combine(_folder, "sae_weights.safetensors");
        var tensors = SafetensorsFile.Read(weights).Tensors.Values.Where(tensor => tensor.Name != "topk_threshold").ToList();
        SafetensorsFile.Write(weights, [.. tensors, NamedTensor.FromDoubles("topk_threshold", [0])]);

        Assert.Contains("never set", Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"num_latents\": 10", "\"num_latents\": 0")]
    [InlineData("\"num_latents\": 10,", "")]
    public void Latents_of_sparsify_follow_from_the_expansion_factor_where_none_are_given(string good, string bad)
    {
        var latents = TestSaes.Create(SaeArchitecture.TopK, latents: 12, width: 6);
        SaeExport.Write(_folder, new SavedSae(latents), SaeExportTarget.Sparsify);
        Replace("cfg.json", "\"num_latents\": 12", "\"num_latents\": 10");
        Replace("cfg.json", good, bad);

        Assert.Equal(12, SaeFolder.Load(_folder).Sae.Latents);
    }

    [Fact]
    public void A_fine_tuned_scaling_factor_is_refused()
    {
        new InteropOracle("sae-lens-legacy-topk").CopyTo(_folder);
        var weights = Path.Combine(_folder, "sae_weights.safetensors");
        var tensors = SafetensorsFile.Read(weights).Tensors.Values.Where(tensor => tensor.Name != "scaling_factor").ToList();
        SafetensorsFile.Write(weights, [.. tensors, NamedTensor.FromVector("scaling_factor", [1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5f])]);

        Assert.Contains(
            "scaling_factor", Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_two_layouts_or_none_asks()
    {
        Assert.Contains("no SAE", Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message, StringComparison.Ordinal);
        new InteropOracle("gemma-scope").CopyTo(_folder);
        new InteropOracle("sparsify-topk").CopyTo(_folder);

        Assert.Contains("several", Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message, StringComparison.Ordinal);
        new InteropOracle("sparsify-topk").RequireSame(SaeImport.Read(_folder, SaeLayout.Sparsify).Sae);
        Assert.Throws<InvalidFileException>(() => SaeFolder.Load(Path.Combine(_folder, "none")));
    }

    [Theory]
    [InlineData("dictionary-learning-topk", "config.json", "\"dict_class\": \"AutoEncoderTopK\"", "\"dict_class\": \"CrossCoder\"")]
    [InlineData("dictionary-learning-topk", "config.json", "\"trainer\": {", "\"trainers\": {")]
    [InlineData("sparsify-topk", "cfg.json", "\"k\": 3", "\"k\": 11")]
    [InlineData("sparsify-topk", "cfg.json", "\"k\": 3", "\"k\": 2.5")]
    [InlineData("sparsify-topk", "cfg.json", "\"d_in\": 6", "\"d_in\": 7")]
    [InlineData("sparsify-old", "cfg.json", "\"signed\": false", "\"signed\": true")]
    [InlineData("sae-lens-gated", "cfg.json", "\"architecture\": \"gated\"", "\"architecture\": \"temporal\"")]
    [InlineData("sae-lens-gated", "cfg.json", "\"tiny\"", "\"\\ud800\"")]
    [InlineData("sae-lens-gated", "cfg.json", "\"d_in\": 6", "\"d_in\": 6, \"d_in\": 6")]
    public void A_wrong_configuration_is_a_one_line_error(string name, string file, string good, string bad)
    {
        new InteropOracle(name).CopyTo(_folder);
        Replace(file, good, bad);

        Assert.DoesNotContain('\n', Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message);
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Cut_and_changed_files_never_crash(string name)
    {
        new InteropOracle(name).CopyTo(_folder);
        foreach (var path in Directory.GetFiles(_folder))
        {
            var good = File.ReadAllBytes(path);
            for (var trial = 0; trial < 40; trial++)
            {
                var random = new Numerics.Randomness.RandomStream(1, name, (uint)trial);
                var bytes = trial % 4 == 0 ? good[..random.NextInt32(good.Length)] : [.. good];
                for (var change = 0; change < 3 && bytes.Length > 0; change++)
                {
                    bytes[random.NextInt32(bytes.Length)] = (byte)random.NextInt32(256);
                }

                File.WriteAllBytes(path, bytes);
                try
                {
                    SaeFolder.Load(_folder);
                }
                catch (InvalidFileException error)
                {
                    Assert.DoesNotContain('\n', error.Message);
                }
            }

            File.WriteAllBytes(path, good);
        }
    }

    private void Replace(string file, string good, string bad)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));
    }
}
