using System.Text.Json.Nodes;
using Husai.Autoencoders.Interop;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;

namespace Husai.Autoencoders.Tests.Interop;

public sealed class SaeExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-export").FullName;

    public static TheoryData<SaeExportTarget, SaeArchitecture, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<SaeExportTarget, SaeArchitecture, bool>();
            foreach (var target in Enum.GetValues<SaeExportTarget>())
            {
                foreach (var architecture in Enum.GetValues<SaeArchitecture>())
                {
                    pairs.Add(target, architecture, true);
                    pairs.Add(target, architecture, false);
                }
            }

            return pairs;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void What_is_exported_reads_back_as_the_same_function_or_is_refused(
        SaeExportTarget target, SaeArchitecture architecture, bool subtracts)
    {
        var source = TestSaes.Create(architecture);
        source = subtracts ? source : source.WithoutSubtraction();
        var path = target == SaeExportTarget.Npz ? Path.Combine(_folder, "params.npz") : _folder;
        var saved = new SavedSae(source) { Metadata = new JsonObject { ["model_name"] = "tiny" } };
        if (!Holds(target, architecture))
        {
            var error = Assert.Throws<NotSupportedException>(() => SaeExport.Write(path, saved, target));
            Assert.Contains($"{architecture}", error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFiles(_folder));
            return;
        }

        SaeExport.Write(path, saved, target);
        var read = SaeFolder.Load(_folder).Sae;

        // In double precision: what differs is the rounding of the stored biases alone.
        var rows = TestSaes.Normal(50, source.Width, "rows");
        var inputs = Enumerable.Range(0, rows.Rows).Select(row => Array.ConvertAll(rows.Row(row).ToArray(), value => (double)value))
            .ToArray();
        var (expected, actual) = (PlainForward.Of(source, inputs), PlainForward.Of(read, inputs));
        InteropOracle.RequireClose(expected.Latents, actual.Latents, InteropOracle.SinglePrecision(expected.Latents));
        InteropOracle.RequireClose(expected.Reconstruction, actual.Reconstruction, InteropOracle.SinglePrecision(expected.Reconstruction));
    }

    [Theory]
    [InlineData(SaeExportTarget.SaeLens, SaeArchitecture.Gated, false)]
    [InlineData(SaeExportTarget.Sparsify, SaeArchitecture.TopK, true)]
    [InlineData(SaeExportTarget.DictionaryLearning, SaeArchitecture.TopK, true)]
    [InlineData(SaeExportTarget.DictionaryLearning, SaeArchitecture.Gated, true)]
    [InlineData(SaeExportTarget.DictionaryLearning, SaeArchitecture.Standard, true)]
    [InlineData(SaeExportTarget.DictionaryLearning, SaeArchitecture.Standard, false)]
    [InlineData(SaeExportTarget.DictionaryLearning, SaeArchitecture.JumpRelu, false)]
    [InlineData(SaeExportTarget.Npz, SaeArchitecture.JumpRelu, false)]
    public void Weights_that_fit_the_target_as_they_are_come_back_to_the_bit(
        SaeExportTarget target, SaeArchitecture architecture, bool subtracts)
    {
        var source = TestSaes.Create(architecture);
        source = subtracts ? source : source.WithoutSubtraction();
        SaeExport.Write(
            target == SaeExportTarget.Npz ? Path.Combine(_folder, "params.npz") : _folder, new SavedSae(source), target);

        var read = SaeFolder.Load(_folder).Sae;

        Assert.Equal(SaeFolder.WeightsHash(source), SaeFolder.WeightsHash(read));
        Assert.Equal(subtracts, read.SubtractsDecoderBias);
    }

    [Theory]
    [InlineData("sae-lens-standard")]
    [InlineData("sae-lens-no-pre-bias")]
    [InlineData("sae-lens-topk")]
    [InlineData("sae-lens-jumprelu")]
    [InlineData("sae-lens-gated")]
    [InlineData("sae-lens-bfloat16")]
    [InlineData("dictionary-learning-matryoshka")]
    [InlineData("sparsify-topk")]
    [InlineData("gemma-scope")]
    public void A_SAELens_folder_read_and_written_again_has_the_same_bytes(string name)
    {
        var (first, second) = (Path.Combine(_folder, "first"), Path.Combine(_folder, "second"));
        SaeExport.Write(first, SaeFolder.Load(new InteropOracle(name).Folder), SaeExportTarget.SaeLens);
        SaeExport.Write(second, SaeFolder.Load(first), SaeExportTarget.SaeLens);

        Assert.Equal(
            ["cfg.json", "sae_weights.safetensors"], Directory.GetFiles(first).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in Directory.GetFiles(first))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(second, Path.GetFileName(file))));
        }
    }

    [Theory]
    [InlineData("sae-lens-standard")]
    [InlineData("sae-lens-no-pre-bias")]
    [InlineData("sae-lens-topk")]
    [InlineData("sae-lens-jumprelu")]
    [InlineData("sae-lens-gated")]
    public void The_tensors_of_SAELens_s_own_folder_keep_their_bytes(string name)
    {
        var oracle = new InteropOracle(name);
        SaeExport.Write(_folder, SaeFolder.Load(oracle.Folder), SaeExportTarget.SaeLens);

        var theirs = Formats.Safetensors.SafetensorsFile.Read(Path.Combine(oracle.Folder, "sae_weights.safetensors")).Tensors;
        var ours = Formats.Safetensors.SafetensorsFile.Read(Path.Combine(_folder, "sae_weights.safetensors")).Tensors;

        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        Assert.All(theirs.Values, tensor => Assert.Equal(tensor.Data.ToArray(), ours[tensor.Name].Data.ToArray()));
    }

    private static bool Holds(SaeExportTarget target, SaeArchitecture architecture) => target switch
    {
        SaeExportTarget.Sparsify => architecture == SaeArchitecture.TopK,
        SaeExportTarget.Npz => architecture is SaeArchitecture.Standard or SaeArchitecture.JumpRelu,
        SaeExportTarget.DictionaryLearning => architecture != SaeArchitecture.MatchingPursuit,
        _ => true,
    };
}
