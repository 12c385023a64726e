using Husai.Autoencoders.Options;
using Husai.Experiments.Configuration;
using Husai.Numerics.Randomness;

namespace Husai.Experiments.Tests.Configuration;

public sealed class ConfigurationWriterTests
{
    [Fact]
    public void Options_are_written_in_order_of_declaration() => Assert.Equal(
        """
        name: a
        note: null
        seeds: 10
        root_seed: 0
        resume: true
        fraction: 0.5
        tolerance: 1.0e-09
        patience: null
        architecture: jumprelu
        reduction: mean
        optimiser:
          learning_rate: 0.0003
          beta1: 0.9
        widths: [128, 256]
        stages:
          -
            learning_rate: 2.0
            beta1: 0.9
        weights: {}

        """,
        ConfigurationWriter.Write(new ExampleStudyOptions
        {
            Name = "a",
            Architecture = Architecture.JumpReLU,
            Stages = [new OptimiserOptions { LearningRate = 2 }],
        }));

    [Fact]
    public void What_is_written_is_read_back()
    {
        var random = new RandomStream(7, "options");
        for (var i = 0; i < 500; i++)
        {
            var options = RandomOptions(random);
            var text = ConfigurationWriter.Write(options);
            var read = ConfigurationReader.Parse<ExampleStudyOptions>(text, "resolved.yaml");

            Assert.Equal(text, ConfigurationWriter.Write(read));
            Assert.Equal(
                (options.Name, options.Note, options.RootSeed, options.Fraction, options.Tolerance, options.Patience),
                (read.Name, read.Note, read.RootSeed, read.Fraction, read.Tolerance, read.Patience));
            Assert.Equal(options.Widths, read.Widths);
            Assert.Equal(options.Stages, read.Stages);
            Assert.Equal(options.Weights, read.Weights);
        }
    }

    [Fact]
    public void What_JSON_leaves_out_at_its_default_is_left_out_and_read_back()
    {
        var options = new SaeOptions();
        Assert.DoesNotContain("freeze", ConfigurationWriter.Write(options), StringComparison.Ordinal);
        foreach (var part in Enum.GetValues<FrozenPart>())
        {
            var text = ConfigurationWriter.Write(options with { Freeze = part });
            Assert.Equal(part, ConfigurationReader.Parse<SaeOptions>(text, "resolved.yaml").Freeze);
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("1e3")]
    [InlineData(" padded ")]
    [InlineData("line\nbreak\ttab \"quote\" \\ \u0001 \u0085 \u2028 \ufeff")]
    [InlineData("äöü 😀")]
    [InlineData("#comment: - [x] {y} &a *b !c %d @e `f")]
    public void Texts_are_read_back_as_they_were(string name) =>
        Assert.Equal(
            name,
            ConfigurationReader.Parse<ExampleStudyOptions>(
                ConfigurationWriter.Write(new ExampleStudyOptions { Name = name, Note = name }), "a").Note);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused(double value) =>
        Assert.Throws<ArgumentException>(() => ConfigurationWriter.Write(new ExampleStudyOptions { Name = "a", Tolerance = value }));

    private static ExampleStudyOptions RandomOptions(RandomStream random) => new()
    {
        Name = RandomText(random),
        Note = random.NextInt32(3) == 0 ? null : RandomText(random),
        Seeds = 100,
        RootSeed = (ulong)random.NextUInt32() << 32 | random.NextUInt32(),
        Resume = random.NextInt32(2) == 0,
        Fraction = 1 - random.NextSingle(),
        Tolerance = random.NextNormal() * Math.Pow(10, random.NextInt32(600) - 300),
        Patience = random.NextInt32(2) == 0 ? null : random.NextInt32(100),
        Architecture = (Architecture)random.NextInt32(3),
        Widths = [.. Enumerable.Range(0, 1 + random.NextInt32(4)).Select(_ => 1 + random.NextInt32(int.MaxValue - 1))],
        Stages = [.. Enumerable.Range(0, random.NextInt32(3)).Select(_ => new OptimiserOptions { LearningRate = 1 - random.NextDouble() })],
        Weights = Enumerable.Range(0, random.NextInt32(3)).ToDictionary(i => $"{i}{RandomText(random)}", _ => random.NextNormal()),
    };

    private static string RandomText(RandomStream random)
    {
        const string characters = "abcXYZ019 _-:#'\"\\[]{},&*!|>%@`~?\n\t\u00e9\u4e2d";
        return string.Concat(Enumerable.Range(0, random.NextInt32(12)).Select(_ => characters[random.NextInt32(characters.Length)]));
    }
}
