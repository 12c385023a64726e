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
