using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Tests.Training;
using Husai.Autoencoders.Training;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Options;

public sealed class ActiveLatentsTests
{
    private const string Message = "k is 32, but there are 16 latents";

    public static TheoryData<string> SelectingByK =>
        [.. TrainingMethods.All.Where(method => method.SelectsByK).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(SelectingByK))]
    public void More_active_latents_than_there_are_is_one_error_for_options_and_training(string architecture)
    {
        var options = new SaeOptions { Architecture = architecture, Latents = 16, K = 32 };

        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => options.RequireLatents(8)).Message);
        Assert.Equal(Message, Assert.Throws<ArgumentException>(
            () => new SaeTrainer(options, new MatrixActivations(SyntheticActivations.Create(100)))).Message);
    }

    [Fact]
    public void The_weights_say_the_same() => Assert.Equal(Message, Assert.Throws<ArgumentException>(
        () => Sae.TopK(new Matrix(16, 8), new Matrix(16, 8), new float[16], new float[8], 32)).Message);

    [Fact]
    public void Annealing_starts_at_no_more_than_there_are()
    {
        var options = new SaeOptions { Latents = 16, K = 4, KAnnealFraction = 0.5, KAnnealStart = 17 };

        Assert.Equal(
            "k_anneal_start is 17, but there are 16 latents", Assert.Throws<ArgumentException>(() => options.RequireLatents(8)).Message);
        (options with { KAnnealStart = 16 }).RequireLatents(8);
    }

    [Fact]
    public void Other_architectures_have_no_k() => new SaeOptions { Architecture = "relu", Latents = 16, K = 32 }.RequireLatents(8);
}
