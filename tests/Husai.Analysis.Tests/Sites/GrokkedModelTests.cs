using Husai.Numerics;
using Husai.Transformers;

namespace Husai.Analysis.Tests.Sites;

/// <summary>A small model that has grokked: its circuit must be where theory says.</summary>
public sealed class GrokkedModelTests
{
    private static readonly Lazy<TransformerTrainer> Trained = new(() =>
    {
        var trainer = new TransformerTrainer(new TransformerRunOptions
        {
            Task = new TaskOptions { Modulus = 59 },
            Training = new TransformerTrainingOptions { TrainFraction = 0.7, Epochs = 350, Seed = 1 },
        });
        trainer.Train();
        return trainer;
    });

    [Fact]
    public void At_the_last_residual_stream_sum_planes_hold_the_variance()
    {
        var site = Site(ActivationSite.ResidPost);
        Assert.True(site.Truth.Planes.Where(plane => plane.Lines.SequenceEqual([GridLine.Sum])).Sum(plane => plane.VarianceShare) >= 0.85);
        Assert.Equal(1, LogitScores.Of(site.LogitsOf(site.Activations), site.Answers).Accuracy);
    }

    [Fact]
    public void Before_the_mlp_the_planes_of_a_and_b_coincide()
    {
        var truth = Site(ActivationSite.ResidMid).Truth;
        var operands = truth.Planes.Where(plane => plane.Lines.Contains(GridLine.First) || plane.Lines.Contains(GridLine.Second)).ToArray();
        Assert.NotEmpty(operands);
        Assert.All(operands, plane => Assert.True(plane.Lines.Contains(GridLine.First) && plane.Lines.Contains(GridLine.Second), plane.Name));
    }

    [Fact]
    public void Neurons_are_single_frequency()
    {
        var neurons = Assert.Single(Site(ActivationSite.MlpHidden).MeasureBaselines(), report => report.Name == "neurons");
        Assert.True(neurons.PerLatent.Count(latent => latent.Function.Purity >= 0.85) >= 0.85 * neurons.Alive);
        Assert.True(neurons.Classes[LatentClass.SingleFrequency] >= 0.85 * neurons.Alive);
    }

    private static AnalysedSite Site(ActivationSite site) => new(Trained.Value.Model, site, 0, Trained.Value.Split);
}
