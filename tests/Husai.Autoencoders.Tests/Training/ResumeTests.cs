using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Training;

public sealed class ResumeTests : IDisposable
{
    private static readonly SaeOptions Options = new() { Latents = 24, K = 4, BatchSize = 100, Epochs = 5, EvaluateEvery = 0 };
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-resume").FullName;
    private readonly Matrix _rows = SyntheticActivations.Create(600);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Other_options_are_refused_by_name()
    {
        Train(_rows);

        Assert.Contains("other options: k is 3, was 4", Refusal(_rows, Options with { K = 3 }), StringComparison.Ordinal);
        Assert.Contains(
            "warm_up_fraction is 0.5, was 0.05", Refusal(_rows, Options with { WarmUpFraction = 0.5 }), StringComparison.Ordinal);
        Assert.Contains(
            "freeze is \"decoder_soft\", was unset", Refusal(_rows, Options with { Freeze = FrozenPart.DecoderSoft }),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Other_activations_of_the_same_shape_are_refused(bool isFinished)
    {
        Train(_rows, stopAt: isFinished ? null : 12);
        var files = Files();
        var other = _rows.Clone();
        other[17, 3] += 1;

        var message = Refusal(other, Options);

        Assert.Contains("other activations: activations [600, 16] with hash", message, StringComparison.Ordinal);
        Assert.Equal(files, Files());
        Train(_rows);
    }

    [Fact]
    public void Another_transformer_site_or_layer_is_refused_by_name()
    {
        var provenance = new Provenance { ModelHash = new string('a', 64), Site = "mlp_out", Layer = 0, Position = "2" };
        Train(_rows, provenance: provenance);

        Assert.Contains(
            "a transformer with weights aaaaaaaaaaaa, not bbbbbbbbbbbb",
            Refusal(_rows, Options, provenance with { ModelHash = new string('b', 64) }), StringComparison.Ordinal);
        Assert.Contains(
            "site mlp_out, not resid_post", Refusal(_rows, Options, provenance with { Site = "resid_post" }), StringComparison.Ordinal);
        Assert.Contains("layer 0, not 1", Refusal(_rows, Options, provenance with { Layer = 1 }), StringComparison.Ordinal);
        Train(_rows, provenance: new Provenance { Dataset = "the same rows, in a file" });
    }

    [Fact]
    public void Other_pinned_rows_are_refused()
    {
        var pinned = new Matrix(2, 16);
        pinned.Fill(0.25f);
        Train(_rows, pinned: pinned);
        pinned[1, 1] = 0.5f;

        Assert.Contains("pinned decoder rows", Refusal(_rows, Options, pinned: pinned), StringComparison.Ordinal);
        Assert.Contains("pinned decoder rows", Refusal(_rows, Options), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_does_not_say_what_it_was_trained_on_is_refused()
    {
        Train(_rows);
        var path = Path.Combine(_folder, "resume.safetensors");
        var state = SafetensorsFile.Read(path);
        SafetensorsFile.Write(path, state.Tensors.Values, state.Metadata.Where(entry => entry.Key != "activations").ToDictionary());

        Assert.Contains("does not say which activations", Refusal(_rows, Options), StringComparison.Ordinal);
    }

    private string Refusal(Matrix rows, SaeOptions options, Provenance? provenance = null, Matrix? pinned = null) =>
        Assert.Throws<InvalidFileException>(() => new SaeTrainer(
            options, new MatrixActivations(rows), _folder, provenance, pinnedDecoder: pinned).Train(resume: true)).Message;

    private void Train(Matrix rows, Provenance? provenance = null, Matrix? pinned = null, long? stopAt = null)
    {
        using var stop = new CancellationTokenSource();
        var trainer = new SaeTrainer(Options, new MatrixActivations(rows), _folder, provenance, pinnedDecoder: pinned);
        void Run() => trainer.Train(resume: true, step => StopAt(step.Step, stopAt, stop), cancellation: stop.Token);
        if (stopAt is null)
        {
            Run();
            return;
        }

        Assert.Throws<OperationCanceledException>(Run);
    }

    private static void StopAt(long step, long? stopAt, CancellationTokenSource source)
    {
        if (step == stopAt)
        {
            source.Cancel();
        }
    }

    private List<(string, string)> Files() =>
        [.. Directory.GetFiles(_folder).Select(path => (Path.GetFileName(path), Convert.ToHexString(File.ReadAllBytes(path)))).Order()];
}
