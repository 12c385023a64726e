using Husai.Analysis.Causal;
using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using Husai.Transformers.Activations;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Analysis.Tests.Sites;

/// <summary>A small model that has grokked: its circuit must be where theory says.</summary>
public sealed class GrokkedModelTests
{
    private static readonly Lazy<TransformerTrainer> Trained = new(() =>
    {
        var trainer = new TransformerTrainer(new TransformerRunOptions
        {
            Task = new TaskOptions { Modulus = 59 },
            Training = new TransformerTrainingOptions
            {
                TrainFraction = 0.7,
                Epochs = 500,
                CleanUpEpochs = 400,
                LearningRate = 0.005,
                Seed = 1,
            },
        });
        trainer.Train();
        return trainer;
    });

    [Fact]
    public void At_the_last_residual_stream_sum_planes_hold_the_variance()
    {
        var site = Site(ActivationSite.ResidPost);
        var ofSums = site.Circuit.Planes.Where(plane => plane.Lines.SequenceEqual([GridLine.Sum]));
        Assert.True(ofSums.Sum(plane => plane.VarianceShare) >= 0.85);
        Assert.Equal(1, LogitScores.Of(site.LogitsOf(site.Activations), site.Answers).Accuracy);
    }

    [Fact]
    public void Turning_the_planes_by_one_step_turns_nearly_every_answer_into_the_next()
    {
        var site = Site(ActivationSite.ResidPost);
        var steering = site.Steer(site.Activations)!;
        Assert.Equal(site.Circuit.Planes.Count(plane => plane.Lines.Contains(GridLine.Sum)), steering.Planes);
        // What lies outside the planes of the circuit is not turned; it decides a few answers. In planted activations nothing lies
        // there (CausalTests).
        Assert.True(steering.AnswersNext >= 0.9, $"{steering}");
        Assert.InRange(steering.AnswersSame, 0, 0.01);
        Assert.InRange(steering.RandomAnswersNext, 0, 0.2);
        // Before the MLP attention has written few waves of a + b, if any: what computes the answer is still to come.
        var before = Site(ActivationSite.ResidMid);
        Assert.InRange(before.Steer(before.Activations)?.AnswersNext ?? 0, 0, steering.AnswersNext / 2);
    }

    [Fact]
    public void Before_the_mlp_the_planes_of_a_and_b_coincide()
    {
        var circuit = Site(ActivationSite.ResidMid).Circuit;
        var operands = circuit.Planes
            .Where(plane => plane.Lines.Contains(GridLine.First) || plane.Lines.Contains(GridLine.Second)).ToArray();
        Assert.NotEmpty(operands);
        Assert.All(
            operands, plane => Assert.True(plane.Lines.Contains(GridLine.First) && plane.Lines.Contains(GridLine.Second), plane.Name));
    }

    [Fact]
    public void Neurons_are_single_frequency()
    {
        var neurons = Assert.Single(Site(ActivationSite.MlpHidden).MeasureBaselines(), report => report.Name == "neurons");
        Assert.True(neurons.PerLatent.Count(latent => latent.Function.Purity >= 0.85) >= 0.85 * neurons.Alive);
        Assert.True(neurons.Classes[LatentClass.SingleFrequency] >= 0.85 * neurons.Alive);
    }

    [Fact]
    public void Stability_of_a_set_comes_with_its_predictors_and_with_the_agreement_of_activations()
    {
        var site = Site(ActivationSite.ResidPost);
        var saes = new uint[] { 1, 1, 2 }.Select((seed, index) => ($"sae {index}", ReadOut(site, seed))).ToArray();
        var options = new StabilityOptions();
        var rows = new ActivationRows(new MatrixActivations(site.Activations));
        var atSite = LatentActivity.Of(rows, site.Circuit.Covariance, saes, [], options, site);
        Assert.Equal(1, atSite.Activations!.Matrix[0][1], 1e-5);
        Assert.InRange(atSite.Activations.Matrix[0][2], -1, 0.999);
        Assert.InRange(atSite.Activations.Turned.Value, -1, atSite.Activations.Mean);

        var set = Array.ConvertAll(saes, sae => new LatentDictionary(sae.Item1, sae.Item2.Decoder));
        var report = SeedStability.Of(set, options, site.Circuit.Covariance, atSite);
        Assert.Equal(
            ["firing_frequency", "decoder_encoder_cosine", "circuit_overlap", "h3", "sum_any", "variance_share"],
            report.Predictors!.Select(predictor => predictor.Property));
        Assert.All(report.Predictors!, predictor => Assert.InRange(predictor.WithMeanCosine.Mean, -1, 1));
        Assert.Same(atSite.Activations, report.ActivationSimilarity);
        Assert.Contains("width", Assert.Throws<ArgumentException>(() => LatentActivity.Of(
            new ActivationRows(new MatrixActivations(new Matrix(9, 3))), site.Circuit.Covariance, saes, [],
            options)).Message, StringComparison.Ordinal);
    }

    // Random directions of the site's covariance as both encoder and decoder.
    private static Sae ReadOut(AnalysedSite site, uint seed)
    {
        var rows = RandomDirections.WithCovariance(24, site.Circuit.Covariance.SquareRoot(), new RandomStream(5, "test.readout", seed));
        return Sae.Standard(rows, rows, new float[24], Array.ConvertAll(site.Circuit.Covariance.Mean, value => (float)value));
    }

    private static AnalysedSite Site(ActivationSite site) => new(Trained.Value.Model, site, 0, Trained.Value.Split);
}
