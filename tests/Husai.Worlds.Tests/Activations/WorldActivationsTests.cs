using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Activations;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Activations;

public sealed class WorldActivationsTests
{
    [Fact]
    public void An_SAE_trained_on_samples_is_the_one_trained_on_them_stored()
    {
        var sampler = new WorldSampler(GoldenWorlds.D(), 1);
        var stored = new Matrix(2000, sampler.World.Width);
        sampler.CopyHidden([.. Enumerable.Range(0, stored.Rows)], stored);
        var options = new SaeOptions { Latents = 64, K = 5, Epochs = 2, EvaluateEvery = 0 };
        using var workers = new Workers(2);

        var drawn = new SaeTrainer(options, new WorldActivations(sampler, stored.Rows), workers: workers).Train();
        var read = new SaeTrainer(options, new Autoencoders.Activations.MatrixActivations(stored)).Train();

        Assert.Equal(read.WeightsHash, drawn.WeightsHash);
    }
}
