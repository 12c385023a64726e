using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Stability;

/// <summary>Decoders that are never trained agree by chance alone: a check of the chance levels on real trainings.</summary>
public sealed class FrozenDecoderTests
{
    [Fact]
    public void The_kappa_of_frozen_decoders_is_zero_within_its_interval()
    {
        // Activations of low rank, to which trained decoders turn.
        var (source, mixing, rows) = (new Matrix(1500, 4), new Matrix(4, 24), new Matrix(1500, 24));
        new RandomStream(1, "test.frozen.source").FillNormal(source.AsSpan());
        new RandomStream(1, "test.frozen.mixing").FillNormal(mixing.AsSpan());
        MatrixProduct.Multiply(rows, source, mixing);
        var options = new SaeOptions
        {
            Architecture = "topk",
            Latents = 96,
            K = 4,
            LearningRate = 3e-3,
            BatchSize = 64,
            Epochs = 3,
            EvaluateEvery = 0,
            Freeze = FrozenPart.Decoder,
        };
        var dictionaries = Enumerable.Range(1, 5).Select(seed =>
        {
            var sae = new SaeTrainer(options with { Seed = seed }, new MatrixActivations(rows)).Train().Saved.Sae;
            return new LatentDictionary($"seed {seed}", sae.Decoder, sae.Encoder);
        });

        var report = SeedStability.Of([.. dictionaries], null, Covariance.Of(rows));

        Assert.InRange(0, report.Kappa!.Low!.Value, report.Kappa.High!.Value);
        Assert.InRange(0, report.KappaTurned!.Low!.Value, report.KappaTurned.High!.Value);
        Assert.Equal(2, report.VerdictNumber);
    }
}
