using Husai.Numerics.Matrices;
using Husai.Transformers.Activations;
using Husai.Transformers.Tests.Computation;

namespace Husai.Transformers.Tests.Activations;

public sealed class SiteActivationsTests
{
    // Attention and MLP outputs are added to the stream in one rounding more when they are spliced.
    private const double Tolerance = 1e-5;

    public static TheoryData<string> Variants => ModelVariants.Names;

    [Theory]
    [MemberData(nameof(Variants))]
    public void The_stream_is_the_sum_of_what_the_layers_add(string variant)
    {
        var model = ModelVariants.Build(variant);
        for (var layer = 0; layer < model.Options.Layers; layer++)
        {
            for (var position = 0; position < model.Task.Positions.Count; position++)
            {
                var before = model.Activations(ActivationSite.ResidPre, layer, position);
                var attention = model.Activations(ActivationSite.AttnOut, layer, position);
                var middle = model.Activations(ActivationSite.ResidMid, layer, position);
                var mlp = model.Activations(ActivationSite.MlpOut, layer, position);
                var after = model.Activations(ActivationSite.ResidPost, layer, position);
                for (var row = 0; row < before.Rows; row++)
                {
                    for (var i = 0; i < before.Columns; i++)
                    {
                        Assert.Equal(before[row, i] + attention[row, i], middle[row, i], Tolerance);
                        Assert.Equal(middle[row, i] + mlp[row, i], after[row, i], Tolerance);
                    }
                }

                if (layer + 1 < model.Options.Layers)
                {
                    Assert.Equal(after.AsSpan(), model.Activations(ActivationSite.ResidPre, layer + 1, position).AsSpan());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void Replacing_activations_by_themselves_gives_the_models_own_logits(string variant)
    {
        var model = ModelVariants.Build(variant);
        var expected = model.Logits();
        foreach (var site in Enum.GetValues<ActivationSite>())
        {
            for (var layer = 0; layer < (site == ActivationSite.Embed ? 1 : model.Options.Layers); layer++)
            {
                for (var position = 0; position <= model.Task.ReadPosition; position++)
                {
                    if (layer == model.Options.Layers - 1 && position < model.Task.ReadPosition && site > ActivationSite.ResidPre)
                    {
                        continue;
                    }

                    var logits = model.LogitsFrom(site, layer, model.Activations(site, layer, position), position: position);
                    Assert.All(
                        logits.AsSpan().ToArray().Zip(expected.AsSpan().ToArray()),
                        pair => Assert.Equal(pair.Second, pair.First, Tolerance));
                }
            }
        }
    }

    [Fact]
    public void The_last_streams_own_logits_are_the_same_bits()
    {
        var model = ModelVariants.Build("two layers, GELU, norm, all biases");

        Assert.Equal(
            model.Logits().AsSpan(),
            model.LogitsFrom(ActivationSite.ResidPost, 1, model.Activations(ActivationSite.ResidPost, 1)).AsSpan());
    }

    [Fact]
    public void What_is_replaced_reaches_the_logits()
    {
        var model = ModelVariants.Build("two layers, GELU, norm, all biases");
        foreach (var site in Enum.GetValues<ActivationSite>())
        {
            var zero = new Matrix(model.Task.Inputs, model.Width(site));
            Assert.False(model.LogitsFrom(site, 0, zero, position: 0).AsSpan().SequenceEqual(model.Logits().AsSpan()), $"{site}");
        }
    }

    [Fact]
    public void Every_position_is_interleaved_by_input()
    {
        var model = ModelVariants.Build("one layer, ReLU, MLP biases");
        var everywhere = model.ActivationsEverywhere(ActivationSite.MlpHidden, 0);

        Assert.Equal(49 * 3, everywhere.Rows);
        Assert.Equal(model.Activations(ActivationSite.MlpHidden, 0, 1).Row(11), everywhere.Row(11 * 3 + 1));
        Assert.Equal(model.Activations(ActivationSite.MlpHidden, 0).Row(48), everywhere.Row(146));
    }

    [Fact]
    public void Sites_that_are_not_there_are_refused()
    {
        var model = ModelVariants.Build("one layer, ReLU, MLP biases");

        Assert.Throws<ArgumentOutOfRangeException>(() => model.Activations(ActivationSite.ResidPost, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Activations(ActivationSite.ResidPost, 0, 3));
        var shape = Assert.Throws<ArgumentException>(() => model.LogitsFrom(ActivationSite.MlpHidden, 0, new Matrix(49, 12)));
        Assert.Contains("[49, 12] where [49, 19]", shape.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.LogitsFrom(ActivationSite.MlpHidden, 0, new Matrix(49, 19), position: 1));
        Assert.Throws<ArgumentException>(() => ActivationSites.Parse("resid"));
    }
}
