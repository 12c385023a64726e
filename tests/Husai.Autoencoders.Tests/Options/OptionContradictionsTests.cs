using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Tests.Training;
using Husai.Autoencoders.Training;

namespace Husai.Autoencoders.Tests.Options;

public sealed class OptionContradictionsTests
{
    public static TheoryData<SaeOptions, string> Cases => new()
    {
        { new SaeOptions { Freeze = FrozenPart.DecoderSoft, DecoderNorm = DecoderNorm.Free }, "decoder_norm must be unit" },
        { new SaeOptions { Architecture = "batchtopk", Auxiliary = AuxiliaryLoss.RunnerUp }, "is for the architecture topk" },
        { new SaeOptions { Freeze = FrozenPart.Encoder, ResampleEvery = 5 }, "resample_every must be 0" },
        { new SaeOptions { DecoderStart = DecoderStart.DataPoints, DecoderNorm = DecoderNorm.Free }, "decoder_start must be random" },
        { new SaeOptions { DecoderStartNorm = 0.1 }, "decoder_norm must be free" },
        { new SaeOptions { Architecture = "relu", RescaleByDecoderNorm = true }, "is for the architecture topk, batchtopk, matryoshka" },
        { new SaeOptions { RescaleByDecoderNorm = true, InputScaling = "whiten" }, "input_scaling cannot be whiten" },
        { new SaeOptions { Recipe = RecipeNames.SynthSae, InputScaling = "whiten" }, "input_scaling cannot be whiten" },
        { new SaeOptions { Architecture = "gated", Auxiliary = AuxiliaryLoss.SaeLens }, "is for the architecture topk, batchtopk" },
        { new SaeOptions { ControlledL0 = 5 }, "is for the architecture relu, jumprelu, gated" },
        { new SaeOptions { Architecture = "jumprelu", ControlledL0 = 5, TargetL0 = 5 }, "give one of them" },
        { new SaeOptions { LogThreshold = true }, "log_threshold is for the architecture jumprelu" },
        { new SaeOptions { Architecture = "jumprelu", LogThreshold = true, InitialThreshold = 0 }, "initial_threshold must be above 0" },
        { new SaeOptions { Architecture = "matching_pursuit", InputScaling = "whiten" }, "whiten is not for matching_pursuit" },
        { new SaeOptions { Architecture = "matching_pursuit", AuxCoefficient = 1 }, "auxiliary is not for matching_pursuit" },
        {
            new SaeOptions { Architecture = "matching_pursuit", EncoderStart = EncoderStart.Kaiming },
            "kaiming is not for matching_pursuit"
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_option_that_undoes_another_is_refused(SaeOptions options, string expected)
    {
        Assert.Contains(expected, Assert.Single(options.Validate(new ValidationContext(options))).ErrorMessage, StringComparison.Ordinal);
        var source = new MatrixActivations(SyntheticActivations.Create(100));
        Assert.Contains(
            expected, Assert.Throws<ArgumentException>(() => new SaeTrainer(options with { Latents = 64 }, source)).Message,
            StringComparison.Ordinal);
    }
}
