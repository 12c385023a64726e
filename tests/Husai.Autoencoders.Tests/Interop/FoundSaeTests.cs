using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>Folders of SAELens and dictionary_learning that were once read wrongly, or refused though they are valid.</summary>
public sealed class FoundSaeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-found").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_fine_tuning_factor_of_SAELens_multiplies_the_latents_before_decoding()
    {
        var metrics = FoundFiles.Evaluate(FoundFiles.At("saelens-finetuned"));

        Assert.Equal(-0.8053210769880788, metrics.ExplainedVariance, 1e-6);
        Assert.Equal(
            SaeFolder.Load(FoundFiles.At("saelens-finetuned")).Sae.Decoder.AsSpan().ToArray(),
            SaeFolder.LoadDirections(FoundFiles.At("saelens-finetuned")).Decoder.AsSpan().ToArray());
    }

    [Theory]
    [InlineData("\"finetuning_scaling_factor\": true", "\"finetuning_scaling_factor\": false")]
    [InlineData("\"finetuning_scaling_factor\": true,", "")]
    public void A_fine_tuning_factor_that_the_configuration_does_not_speak_of_is_refused(string good, string bad)
    {
        Replace("saelens-finetuned", "cfg.json", good, bad);

        AssertRefused("finetuning_scaling_factor");
    }

    [Fact]
    public void A_fine_tuning_that_left_no_factor_is_refused()
    {
        Replace("saelens-k-in-kwargs", "cfg.json", "\"finetuning_scaling_factor\": false", "\"finetuning_scaling_factor\": true");

        AssertRefused("finetuning_scaling_factor");
    }

    [Theory]
    [InlineData("nonfinite-infenc", "'W_enc'[", "Infinity")]
    [InlineData("nonfinite-f16inf", "[", "Infinity")]
    [InlineData("nonfinite-nanrow", "'W_dec'[", "NaN")]
    public void Weights_that_are_not_finite_are_refused_by_tensor_and_index(string name, string tensor, string value)
    {
        var whole = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(FoundFiles.At(name))).Message;
        var decoderAlone = Assert.Throws<InvalidFileException>(() => SaeFolder.LoadDirections(FoundFiles.At(name))).Message;

        Assert.Contains(tensor, whole, StringComparison.Ordinal);
        Assert.Contains(value, whole, StringComparison.Ordinal);
        Assert.Equal(whole, decoderAlone);
    }

    [Theory]
    [InlineData(nameof(TensorType.BFloat16), new byte[] { 0x80, 0x7F })]
    [InlineData(nameof(TensorType.Float64), new byte[] { 0, 0, 0, 0, 0, 0, 0xF0, 0x7E })]
    public void Values_that_are_not_finite_in_32_bits_are_refused_too(string typeName, byte[] value)
    {
        var type = Enum.Parse<TensorType>(typeName);
        FoundFiles.CopyTo(_folder, "standard");
        var weights = Path.Combine(_folder, "sae_weights.safetensors");
        var bias = new byte[16 * value.Length];
        value.CopyTo(bias, 5 * value.Length);
        SafetensorsFile.Write(
            weights,
            [
                .. SafetensorsFile.Read(weights).Tensors.Values.Where(tensor => tensor.Name != "b_enc"),
                new NamedTensor("b_enc", type, [16], bias)]);

        AssertRefused("'b_enc'[5]");
    }

    [Fact]
    public void A_scale_that_makes_weights_infinite_is_refused()
    {
        Replace("standard", "cfg.json", "\"normalize_activations\": \"none\"", "\"normalize_activations\": \"expected_average_only_in\"");
        File.WriteAllText(Path.Combine(_folder, "activation_scaler.json"), "{\"scaling_factor\": 1e-40}");

        AssertRefused("only finite weights");
    }

    [Theory]
    [InlineData("saelens-threshold-beside-standard", "'threshold'")]
    [InlineData("saelens-extra-tensor", "'W_extra'")]
    [InlineData("gemma-scope-scaling-factor", "'scaling_factor'")]
    public void A_tensor_that_would_be_left_out_is_refused_by_name(string name, string tensor)
    {
        Assert.Contains(
            tensor, Assert.Throws<InvalidFileException>(() => SaeFolder.Load(FoundFiles.At(name))).Message, StringComparison.Ordinal);
        Assert.Contains(
            tensor, Assert.Throws<InvalidFileException>(() => SaeFolder.LoadDirections(FoundFiles.At(name))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dictionary-learning-k-in-config")]
    [InlineData("dictionary-learning-checkpoints", "trainer_0")]
    [InlineData("dictionary-learning-checkpoints", "trainer_0", "checkpoints", "ae_100.pt")]
    [InlineData("saelens-k-in-kwargs")]
    public void K_is_found_wherever_it_stands(params string[] path)
    {
        var metrics = FoundFiles.Evaluate(FoundFiles.At(path));

        Assert.Equal(0.2408766018692564, metrics.ExplainedVariance, 1e-6);
        Assert.Equal(2.975, metrics.L0, 1e-9);
    }

    [Theory]
    [InlineData("saelens-k-in-kwargs", "cfg.json", "\"d_in\": 8,", "\"d_in\": 8, \"k\": 4,")]
    [InlineData("dictionary-learning-checkpoints", "trainer_0/config.json", "\"k\": 3", "\"k\": 4")]
    public void Two_places_of_k_that_contradict_each_other_are_refused(string name, string file, string good, string bad)
    {
        Replace(name, file, good, bad);

        var message = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(
            name == "saelens-k-in-kwargs" ? _folder : Path.Combine(_folder, "trainer_0", "ae.pt"))).Message;

        Assert.Contains("k is ", message, StringComparison.Ordinal);
        Assert.Contains("which is it?", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"k\": 3", "\"k\": 17", "from 1 to 16")]
    [InlineData("\"k\": 3", "\"k\": 0", "from 1 to 16")]
    [InlineData("\"k\": 3", "\"k\": 2.5", "from 1 to 16")]
    [InlineData(", \"k\": 3", "", "does not say how many latents may fire")]
    public void A_k_that_cannot_be_is_one_error(string good, string bad, string reason)
    {
        Replace("dictionary-learning-k-in-config", "config.json", good, bad);

        AssertRefused(reason);
    }

    [Fact]
    public void The_first_spelling_of_Matryoshka_is_read()
    {
        var metrics = FoundFiles.Evaluate(FoundFiles.At("dictionary-learning-old-spelling"));

        Assert.Equal(-0.09256351211301306, metrics.ExplainedVariance, 1e-6);
        Assert.Equal(4.62, metrics.L0, 1e-9);
    }

    [Fact]
    public void A_folder_of_checkpoints_asks_for_one()
    {
        var error = Assert.Throws<InvalidFileException>(() =>
            SaeFolder.Load(FoundFiles.At("dictionary-learning-checkpoints", "trainer_0", "checkpoints")));

        Assert.Contains("ae_100.pt, ae_200.pt", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_class_is_called_missing()
    {
        var error = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(FoundFiles.At("dictionary-learning-without-class")));

        Assert.Contains("'trainer.dict_class' is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_TopK_hidden_in_the_activation_of_a_standard_SAE_is_refused()
    {
        Replace("standard", "cfg.json", "\"d_in\": 8,", "\"d_in\": 8, \"activation_fn\": \"topk\", \"activation_fn_kwargs\": {\"k\": 3},");

        AssertRefused("'activation_fn' is 'topk'");
    }

    [Theory]
    [InlineData(
        "\"hook_name\": \"blocks.0.hook_resid_post\"",
        "\"hook_name\": \"blocks.0.hook_resid_post\", \"hook_name_out\": \"blocks.0.hook_mlp_out\"", "transcoder")]
    [InlineData("\"d_in\": 8,", "\"d_in\": 8, \"d_out\": 9,", "transcoder")]
    [InlineData("\"d_in\": 8,", "\"d_in\": 8, \"is_transcoder\": true,", "transcoder")]
    [InlineData("\"d_in\": 8,", "\"d_in\": 8, \"hook_point\": \"a\", \"out_hook_point\": \"b\",", "transcoder")]
    public void A_transcoder_of_SAELens_is_refused_whatever_says_so(string good, string bad, string reason)
    {
        Replace("standard", "cfg.json", good, bad);

        AssertRefused(reason);
    }

    private void AssertRefused(string reason)
    {
        var message = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder)).Message;
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private void Replace(string name, string file, string good, string bad)
    {
        FoundFiles.CopyTo(_folder, name);
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));
    }
}
