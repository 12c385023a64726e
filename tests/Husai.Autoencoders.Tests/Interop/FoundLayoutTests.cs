using System.Text.Json.Nodes;
using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Numpy;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Formats.Torch;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>Layouts told by the tensors that they hold: Gemma Scope 2, Language-Model-SAEs (Llama Scope), plain state dicts.</summary>
public sealed class FoundLayoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-layout").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Gemma_Scope_2_is_a_JumpReLU_that_does_not_subtract_the_decoder_s_bias()
    {
        foreach (var path in (string[])[FoundFiles.At("gemma-scope-2"), FoundFiles.At("gemma-scope-2", "params.safetensors")])
        {
            var metrics = FoundFiles.Evaluate(path);

            Assert.Equal(-0.10873383848144114, metrics.ExplainedVariance, 1e-6);
            Assert.Equal(4.635, metrics.L0, 1e-9);
        }
    }

    [Theory]
    [InlineData("\"type\": \"sae\"", "\"type\": \"transcoder\"", "transcoder")]
    [InlineData("\"type\": \"sae\"", "\"type\": \"crosscoder\"", "crosscoder")]
    [InlineData("\"affine_connection\": false", "\"affine_connection\": true", "linear part")]
    [InlineData("\"type\": \"sae\"", "\"hf_hook_point_out\": \"model.layers.12.mlp.output\"", "transcoder")]
    [InlineData("\"architecture\": \"jump_relu\"", "\"architecture\": \"topk\"", "topk")]
    [InlineData("\"width\": 16", "\"width\": 32", "do they belong together")]
    public void Gemma_Scope_2_that_is_something_else_is_refused(string good, string bad, string reason)
    {
        FoundFiles.CopyTo(_folder, "gemma-scope-2");
        Replace("config.json", good, bad);

        AssertRefused(_folder, reason);
    }

    [Fact]
    public void An_affine_skip_connection_is_refused()
    {
        FoundFiles.CopyTo(_folder, "gemma-scope-2");
        var weights = Path.Combine(_folder, "params.safetensors");
        SafetensorsFile.Write(
            weights, [.. SafetensorsFile.Read(weights).Tensors.Values, NamedTensor.FromMatrix("affine_skip_connection", new Matrix(8, 8))]);

        AssertRefused(_folder, "affine_skip_connection");
    }

    [Fact]
    public void Weights_of_Gemma_Scope_under_a_path_of_transcoders_are_refused()
    {
        var released = Path.Combine(_folder, "gemma-scope-2b-pt-transcoders", "layer_0");
        Directory.CreateDirectory(released);
        var archive = Path.Combine(released, "params.npz");
        NumpyArchive.Write(archive, SafetensorsFile.Read(FoundFiles.At("gemma-scope-2", "params.safetensors")).Tensors.Values);

        AssertRefused(archive, "gemma-scope-2b-pt-transcoders");
        File.Move(archive, Path.Combine(_folder, "params.npz"));
        Assert.Equal(16, SaeFolder.Load(_folder).Sae.Latents);
    }

    [Theory]
    [InlineData("llama-scope")]
    [InlineData("language-model-saes")]
    public void Language_Model_SAEs_compute_what_the_library_s_forward_pass_does(string name)
    {
        var rows = NumpyFile.Read(FoundFiles.At("x.npy")).ToMatrix();
        var sae = SaeFolder.Load(FoundFiles.At(name)).Sae;

        AssertSame(
            Reference(name == "llama-scope" ? "checkpoints/final.safetensors" : "sae_weights.safetensors", FoundFiles.At(name), rows),
            sae, rows);
    }

    [Fact]
    public void Norms_of_the_decoder_take_part_in_the_selection_of_Language_Model_SAEs()
    {
        FoundFiles.CopyTo(_folder, "llama-scope");
        var weights = Path.Combine(_folder, "checkpoints", "final.safetensors");
        var tensors = SafetensorsFile.Read(weights).Tensors;
        var decoder = tensors["decoder.weight"].ToMatrix();
        for (var row = 0; row < decoder.Rows; row++)
        {
            for (var latent = 0; latent < decoder.Columns; latent++)
            {
                decoder[row, latent] *= 0.5f + 0.1f * latent;
            }
        }

        SafetensorsFile.Write(
            weights,
            [.. tensors.Values.Where(tensor => tensor.Name != "decoder.weight"), NamedTensor.FromMatrix("decoder.weight", decoder)]);
        var rows = NumpyFile.Read(FoundFiles.At("x.npy")).ToMatrix();

        AssertSame(Reference("checkpoints/final.safetensors", _folder, rows), SaeFolder.Load(_folder).Sae, rows);
    }

    [Theory]
    [InlineData("\"norm_activation\": \"dataset-wise\"", "\"norm_activation\": \"token-wise\"", "token-wise")]
    [InlineData("\"dataset_average_activation_norm\": {\"in\": 3.0, \"out\": 3.0}, ", "", "dataset_average_activation_norm is missing")]
    [InlineData("{\"in\": 3.0, \"out\": 3.0}", "{\"in\": 3.0, \"out\": 2.0}", "one number above 0")]
    [InlineData("\"d_model\": 8", "\"d_model\": 8, \"hook_point_out\": \"blocks.15.hook_mlp_out\"", "transcoder")]
    [InlineData("\"d_model\": 8", "\"d_model\": 8, \"sae_type\": \"crosscoder\"", "crosscoder")]
    [InlineData("\"d_model\": 8", "\"d_model\": 8, \"use_glu_encoder\": true", "use_glu_encoder")]
    [InlineData("\"act_fn\": \"jumprelu\"", "\"act_fn\": \"batchtopk\"", "batchtopk")]
    [InlineData("\"jump_relu_threshold\": 0.4, ", "", "thresholds are not known")]
    [InlineData("\"d_sae\": 16", "\"d_sae\": 17", "do they belong together")]
    [InlineData("\"d_sae\": 16", "\"expansion_factor\": 4", "do they belong together")]
    public void Language_Model_SAEs_that_are_something_else_are_refused(string good, string bad, string reason)
    {
        FoundFiles.CopyTo(_folder, "llama-scope");
        Replace("hyperparams.json", good, bad);

        AssertRefused(_folder, reason);
    }

    [Fact]
    public void Norms_beside_weights_that_have_them_already_do_not_matter()
    {
        FoundFiles.CopyTo(_folder, "language-model-saes");
        Replace("config.json", "\"d_model\": 8", "\"d_model\": 8, \"norm_activation\": \"inference\"");
        var weights = Path.Combine(_folder, "sae_weights.safetensors");
        var norm = NamedTensor.FromVector("dataset_average_activation_norm.blocks.3.hook_resid_post", [float.NaN]);
        SafetensorsFile.Write(weights, [.. SafetensorsFile.Read(weights).Tensors.Values, norm]);

        Assert.Equal(
            SaeFolder.WeightsHash(SaeFolder.Load(FoundFiles.At("language-model-saes")).Sae),
            SaeFolder.WeightsHash(SaeFolder.Load(_folder).Sae));
    }

    [Fact]
    public void Norms_that_only_the_weights_state_are_used()
    {
        FoundFiles.CopyTo(_folder, "llama-scope");
        Replace("hyperparams.json", "\"dataset_average_activation_norm\": {\"in\": 3.0, \"out\": 3.0}, ", "");
        var weights = Path.Combine(_folder, "checkpoints", "final.safetensors");
        var norm = NamedTensor.FromVector("dataset_average_activation_norm.blocks.15.hook_resid_post", [3]);
        SafetensorsFile.Write(weights, [.. SafetensorsFile.Read(weights).Tensors.Values, norm]);

        Assert.Equal(
            SaeFolder.WeightsHash(SaeFolder.Load(FoundFiles.At("llama-scope")).Sae),
            SaeFolder.WeightsHash(SaeFolder.Load(_folder).Sae));
    }

    [Fact]
    public void Weights_that_the_tensors_tell_are_read_where_they_were_found()
    {
        FoundFiles.CopyTo(_folder, "gemma-scope-2");
        var (weights, elsewhere) = (Path.Combine(_folder, "params.safetensors"), Path.Combine(_folder, "checkpoints", "final.safetensors"));
        Directory.CreateDirectory(Path.GetDirectoryName(elsewhere)!);
        File.Move(weights, elsewhere);

        // Named as Language-Model-SAEs names its weights, and not such.
        Assert.Equal(SaeLayout.GemmaScope2, SaeLayouts.Detect(_folder));
        Assert.Equal(
            SaeFolder.WeightsHash(SaeFolder.Load(FoundFiles.At("gemma-scope-2")).Sae),
            SaeFolder.WeightsHash(SaeFolder.Load(_folder).Sae));
    }

    [Fact]
    public void The_only_file_of_weights_may_have_any_name_and_end_in_pth()
    {
        FoundFiles.CopyTo(_folder, "hook-z");
        File.Move(Path.Combine(_folder, "gpt2-small_L0.pt"), Path.Combine(_folder, "gpt2-small_L0.pth"));

        Assert.Equal(16, SaeFolder.Load(_folder).Sae.Latents);
    }

    [Fact]
    public void The_attention_SAEs_of_hook_z_are_plain_ReLU()
    {
        var metrics = FoundFiles.Evaluate(FoundFiles.At("hook-z", "gpt2-small_L0.pt"));

        Assert.Equal(-0.11145713, metrics.ExplainedVariance, 1e-6);
        Assert.Equal(6.71, metrics.L0, 1e-9);
        Assert.Equal(SaeLayout.PlainStateDict, SaeLayouts.Detect(FoundFiles.At("hook-z")));
    }

    [Fact]
    public void A_row_s_own_normalisation_is_refused_with_that_reason() =>
        AssertRefused(FoundFiles.At("batchtopk-unit-norm"), "input_unit_norm");

    [Theory]
    [InlineData("\"use_encoder_bias\": true", 2.975)]
    [InlineData("\"use_encoder_bias\": \"True\"", 2.975)]
    public void TopK_of_a_plain_state_dict_without_that_normalisation_is_read(string bias, double l0)
    {
        FoundFiles.CopyTo(_folder, "batchtopk-unit-norm");
        Replace("config.json", "\"input_unit_norm\": true", "\"input_unit_norm\": \"False\", " + bias);

        Assert.Equal(l0, FoundFiles.Evaluate(_folder).L0, 1e-9);
    }

    [Theory]
    [InlineData("\"input_unit_norm\": true", "\"input_unit_norm\": false", "use_encoder_bias")]
    [InlineData("\"topk\", \"input_unit_norm\": true", "\"batchtopk\", \"use_encoder_bias\": true", "among all rows of a batch")]
    [InlineData(
        "\"top_k\": \"3\", \"sae_type\": \"topk\", \"input_unit_norm\": true",
        "\"top_k\": \"17\", \"sae_type\": \"topk\", \"use_encoder_bias\": true", "from 1 to 16")]
    public void A_plain_state_dict_that_does_not_say_enough_is_refused(string good, string bad, string reason)
    {
        FoundFiles.CopyTo(_folder, "batchtopk-unit-norm");
        Replace("config.json", good, bad);

        AssertRefused(_folder, reason);
    }

    [Fact]
    public void A_checkpoint_of_OpenAI_s_without_an_activation_is_ReLU()
    {
        var oracle = new InteropOracle("openai-relu");
        var path = Path.Combine(_folder, "autoencoder.pt");
        TorchFile.Write(path, [.. TorchFile.Read(Path.Combine(oracle.Folder, "autoencoder.pt")).Tensors.Values]);

        oracle.RequireSame(SaeFolder.Load(path).Sae);
    }

    [Fact]
    public void Where_no_layout_fits_tensors_and_keys_are_named()
    {
        var (torch, safetensors) = (Path.Combine(_folder, "x.pt"), Path.Combine(_folder, "model.safetensors"));
        TorchFile.Write(torch, [NamedTensor.FromVector("weights.up", [1])]);
        File.WriteAllText(Path.Combine(_folder, "settings.json"), new JsonObject { ["depth"] = 2 }.ToJsonString());
        SafetensorsFile.Write(safetensors, [NamedTensor.FromVector("embed.W_E", [1])]);

        foreach (var (path, tensor) in (ReadOnlySpan<(string, string)>)[(torch, "weights.up"), (safetensors, "embed.W_E")])
        {
            var message = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(path)).Message;
            Assert.Contains(tensor, message, StringComparison.Ordinal);
            Assert.Contains("settings.json (depth)", message, StringComparison.Ordinal);
            Assert.DoesNotContain("OpenAI", message, StringComparison.Ordinal);
        }

        AssertRefused(_folder, "model.safetensors, x.pt");
        File.Delete(torch);
        File.Delete(safetensors);
        AssertRefused(_folder, "settings.json (depth)");
    }

    [Theory]
    [InlineData("saelens")]
    [InlineData("dictionary-learning")]
    [InlineData("gemma-scope")]
    public void A_Git_LFS_pointer_in_place_of_weights_is_called_one(string name) =>
        AssertRefused(FoundFiles.At("lfs", name), "Git LFS pointer");

    private static void AssertRefused(string path, string reason)
    {
        var message = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(path)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static void AssertSame((double[][] Latents, double[][] Outputs) expected, Sae sae, Matrix rows)
    {
        InteropOracle.RequireClose(expected.Latents, Rows(sae.Encode(rows)), 1e-5);
        InteropOracle.RequireClose(expected.Outputs, Rows(sae.Reconstruct(rows)), 1e-5);
        Assert.Contains(expected.Latents, row => row.Any(value => value > 0));
        Assert.Contains(expected.Latents, row => row.Any(value => value == 0));
    }

    // lm_saes, one number after the other, in the order of its encode and decode.
    private static (double[][] Latents, double[][] Outputs) Reference(string weights, string folder, Matrix rows)
    {
        var tensors = SafetensorsFile.Read(Path.Combine(folder, weights)).Tensors;
        var isLinear = tensors.ContainsKey("encoder.weight");
        var (encoder, decoder) = isLinear
            ? (tensors["encoder.weight"].ToMatrix(), tensors["decoder.weight"].ToMatrix()) : (
                tensors["W_E"].ToMatrix(), tensors["W_D"].ToMatrix());
        var encoderBias = tensors[isLinear ? "encoder.bias" : "b_E"].ToSingles();
        var decoderBias = tensors[isLinear ? "decoder.bias" : "b_D"].ToSingles();
        double Encoder(int latent, int column) => isLinear ? encoder[latent, column] : encoder[column, latent];
        double Decoder(int latent, int column) => isLinear ? decoder[column, latent] : decoder[latent, column];

        var scale = isLinear ? Math.Sqrt(8) / 3.0 : 1;
        var (latents, outputs) = (new double[rows.Rows][], new double[rows.Rows][]);
        for (var row = 0; row < rows.Rows; row++)
        {
            latents[row] = new double[16];
            outputs[row] = new double[8];
            for (var latent = 0; latent < 16; latent++)
            {
                var (hidden, norm) = ((double)encoderBias[latent], 0.0);
                for (var column = 0; column < 8; column++)
                {
                    hidden += scale * rows[row, column] * Encoder(latent, column);
                    norm += Decoder(latent, column) * Decoder(latent, column);
                }

                var threshold = isLinear ? 0.4 : Math.Exp(tensors["log_jumprelu_threshold"].ToSingles()[latent]);
                latents[row][latent] = hidden * Math.Sqrt(norm) > threshold ? hidden : 0;
            }

            for (var column = 0; column < 8; column++)
            {
                double sum = decoderBias[column];
                for (var latent = 0; latent < 16; latent++)
                {
                    sum += latents[row][latent] * Decoder(latent, column);
                }

                outputs[row][column] = sum / scale;
            }
        }

        return (latents, outputs);
    }

    private static double[][] Rows(Matrix matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(row => Array.ConvertAll(matrix.Row(row).ToArray(), value => (double)value))];

    private void Replace(string file, string good, string bad)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));
    }
}
