using System.Text.Json.Nodes;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Autoencoders.Tests.Storage;

public sealed class SaeFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-sae").FullName;

    public static TheoryData<SaeArchitecture> Architectures => TestSaes.Architectures;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Architectures))]
    public void What_is_loaded_computes_the_same_bits(SaeArchitecture architecture)
    {
        var sae = TestSaes.Create(architecture);
        var rows = TestSaes.Normal(50, sae.Width, "rows");

        SaeFolder.Save(_folder, new SavedSae(sae));
        var loaded = SaeFolder.Load(_folder);

        Assert.Equal(architecture, loaded.Sae.Architecture);
        Assert.Equal(sae.Reconstruct(rows).AsSpan(), loaded.Sae.Reconstruct(rows).AsSpan());
        Assert.Equal(SaeFolder.WeightsHash(sae), SaeFolder.WeightsHash(loaded.Sae));
        Assert.Null(loaded.FiringFrequencies);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Directions_are_those_that_were_saved(bool withEncoder)
    {
        var saved = new SavedSae(TestSaes.Create(SaeArchitecture.Gated));
        saved.Metadata["seed"] = 5;
        SaeFolder.Save(_folder, saved);
        var asked = new HashSet<int>();

        var directions = SaeFolder.LoadDirections(_folder, latents => !asked.Add(latents) || withEncoder);

        Assert.Equal([saved.Sae.Latents], asked);
        Assert.Equal(saved.Sae.Decoder.AsSpan(), directions.Decoder.AsSpan());
        Assert.Equal(withEncoder ? saved.Sae.Encoder.AsSpan().ToArray() : null, directions.Encoder?.AsSpan().ToArray());
        Assert.Equal(5, (int?)directions.Metadata["seed"]);
    }

    [Fact]
    public void The_decoder_alone_is_the_one_that_was_saved()
    {
        var sae = TestSaes.Create(SaeArchitecture.Gated);
        var frequencies = Enumerable.Range(0, sae.Latents).Select(latent => latent / (2.0 * sae.Latents)).ToArray();
        SaeFolder.Save(_folder, new SavedSae(sae) { FiringFrequencies = frequencies });

        var (decoder, _, loaded, _) = SaeFolder.LoadDirections(_folder);

        Assert.Equal(sae.Decoder.AsSpan(), decoder.AsSpan());
        Assert.Equal(SaeFolder.Load(_folder).FiringFrequencies, loaded);
        Assert.Equal(sae.Latents, SaeFolder.ReadLatents(_folder));
        File.Delete(Path.Combine(_folder, "sae_weights.safetensors"));
        Assert.Contains(
            "sae_weights.safetensors", Assert.Throws<InvalidFileException>(() => SaeFolder.LoadDirections(_folder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_of_weights_stands_for_its_folder()
    {
        var sae = TestSaes.Create(SaeArchitecture.TopK);
        SaeFolder.Save(
            _folder,
            new SavedSae(sae) { FiringFrequencies = Frequencies(40), Metadata = new JsonObject { ["site"] = "mlp_out" } });
        var file = Path.Combine(_folder, "sae_weights.safetensors");

        Assert.Equal("mlp_out", SaeFolder.ReadProvenance(file).Site);
        Assert.Equal("mlp_out", (string)SaeFolder.LoadDirections(file).Metadata["site"]!);
        Assert.Equal(SaeFolder.LoadDirections(_folder).FiringFrequencies, SaeFolder.LoadDirections(file).FiringFrequencies);
        Assert.Equal(40, SaeFolder.ReadLatents(file));
    }

    [Theory]
    [InlineData(SaeArchitecture.Standard, "W_dec W_enc b_dec b_enc")]
    [InlineData(SaeArchitecture.TopK, "W_dec W_enc b_dec b_enc")]
    [InlineData(SaeArchitecture.JumpRelu, "W_dec W_enc b_dec b_enc threshold")]
    [InlineData(SaeArchitecture.Gated, "W_dec W_enc b_dec b_gate b_mag r_mag")]
    [InlineData(SaeArchitecture.MatchingPursuit, "W_dec b_dec")]
    public void The_tensors_are_those_of_SAELens(SaeArchitecture architecture, string names)
    {
        SaeFolder.Save(_folder, new SavedSae(TestSaes.Create(architecture)));

        var tensors = SafetensorsFile.Read(Path.Combine(_folder, "sae_weights.safetensors")).Tensors;

        Assert.Equal(names, string.Join(' ', tensors.Keys.Order(StringComparer.Ordinal)));
        Assert.All(tensors.Values.Where(tensor => tensor.Name == "W_enc"), tensor => Assert.Equal([10, 40], tensor.Shape));
        Assert.Equal([40, 10], tensors["W_dec"].Shape);
        Assert.All(tensors.Values, tensor => Assert.Equal(TensorType.Float32, tensor.Type));
    }

    [Fact]
    public void The_configuration_has_the_keys_that_SAELens_reads()
    {
        SaeFolder.Save(_folder, new SavedSae(TestSaes.Create(SaeArchitecture.TopK))
        {
            TrainingArchitecture = "topk",
            Metadata = new JsonObject { ["hook_name"] = "blocks.0.hook_resid_post" },
        });

        var root = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "cfg.json")))!;

        Assert.Equal(10, (int)root["d_in"]!);
        Assert.Equal(40, (int)root["d_sae"]!);
        Assert.Equal(5, (int)root["k"]!);
        Assert.Equal("topk", (string)root["architecture"]!);
        Assert.Equal("float32", (string)root["dtype"]!);
        Assert.Equal("none", (string)root["normalize_activations"]!);
        Assert.True((bool)root["apply_b_dec_to_input"]!);
        Assert.Equal("6", ((string)root["metadata"]!["sae_lens_version"]!).Split('.')[0]);
        Assert.Equal("blocks.0.hook_resid_post", (string)root["metadata"]!["hook_name"]!);
        Assert.Equal("topk", SaeFolder.Load(_folder).TrainingArchitecture);
    }

    [Fact]
    public void The_same_SAE_gives_the_same_bytes()
    {
        var saved = new SavedSae(TestSaes.Create(SaeArchitecture.Gated))
        {
            FiringFrequencies = Frequencies(40),
            TrainingArchitecture = "gated",
        };
        var names = new[] { "cfg.json", "sae_weights.safetensors", "sparsity.safetensors" };

        SaeFolder.Save(_folder, saved);
        var first = names.Select(name => File.ReadAllBytes(Path.Combine(_folder, name))).ToArray();
        SaeFolder.Save(_folder, SaeFolder.Load(_folder));

        Assert.Equal(first, names.Select(name => File.ReadAllBytes(Path.Combine(_folder, name))));
        Assert.Equal(names, Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Frequencies_are_stored_as_logarithms_and_a_latent_that_never_fired_comes_back_as_zero()
    {
        var frequencies = Frequencies(40);
        SaeFolder.Save(
            _folder, new SavedSae(TestSaes.Create(SaeArchitecture.TopK)) { FiringFrequencies = frequencies });

        var stored = SafetensorsFile.Read(Path.Combine(_folder, "sparsity.safetensors")).Require("sparsity", 40).ToSingles();
        var loaded = SaeFolder.Load(_folder).FiringFrequencies!;

        Assert.Equal(-10, stored[0], 1e-6);
        Assert.Equal(0, loaded[0]);
        for (var latent = 1; latent < 40; latent++)
        {
            Assert.Equal(Math.Log10(frequencies[latent]), stored[latent], 1e-5);
            Assert.Equal(frequencies[latent], loaded[latent], 1e-5);
        }
    }

    [Theory]
    [InlineData("cfg.json")]
    [InlineData("sae_weights.safetensors")]
    public void A_missing_file_is_named(string name)
    {
        SaeFolder.Save(_folder, new SavedSae(TestSaes.Create(SaeArchitecture.TopK)));
        File.Delete(Path.Combine(_folder, name));

        var error = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("\"d_sae\": 40", "\"d_sae\": 2000000000")]
    [InlineData("\"d_sae\": 40", "\"d_sae\": -1")]
    [InlineData("\"d_in\": 10", "\"d_in\": \"ten\"")]
    [InlineData("\"architecture\": \"topk\"", "\"architecture\": \"temporal\"")]
    [InlineData("\"architecture\": \"topk\"", "\"architecture\": 3")]
    [InlineData("\"k\": 5", "\"k\": 41")]
    [InlineData("\"normalize_activations\": \"none\"", "\"normalize_activations\": \"layer_norm\"")]
    [InlineData("\"metadata\": {", "\"metadata\": [{")]
    public void A_wrong_configuration_is_a_one_line_error(string good, string bad)
    {
        SaeFolder.Save(_folder, new SavedSae(TestSaes.Create(SaeArchitecture.TopK)));
        var path = Path.Combine(_folder, "cfg.json");
        var text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(good, bad, StringComparison.Ordinal));

        var error = Assert.Throws<InvalidFileException>(() => SaeFolder.Load(_folder));

        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("cfg.json")]
    [InlineData("sae_weights.safetensors")]
    [InlineData("sparsity.safetensors")]
    public void Cut_and_changed_files_never_crash(string name)
    {
        SaeFolder.Save(
            _folder,
            new SavedSae(TestSaes.Create(SaeArchitecture.JumpRelu)) { FiringFrequencies = Frequencies(40) });
        var path = Path.Combine(_folder, name);
        var good = File.ReadAllBytes(path);
        for (var trial = 0; trial < 300; trial++)
        {
            var random = new Numerics.Randomness.RandomStream(1, name, (uint)trial);
            var bytes = good.ToArray();
            if (trial % 2 == 0)
            {
                bytes = bytes[..random.NextInt32(bytes.Length)];
            }
            else
            {
                for (var change = 0; change < 3; change++)
                {
                    bytes[random.NextInt32(Math.Min(bytes.Length, 600))] = (byte)random.NextInt32(256);
                }
            }

            File.WriteAllBytes(path, bytes);
            try
            {
                SaeFolder.Load(_folder);
            }
            catch (InvalidFileException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    private static double[] Frequencies(int count) => [.. Enumerable.Range(0, count).Select(index => index / 100.0)];
}
