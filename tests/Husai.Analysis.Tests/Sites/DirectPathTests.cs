using Husai.Analysis.Sites;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;
using Husai.Transformers.Activations;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Analysis.Tests.Sites;

public sealed class DirectPathTests
{
    private static readonly TransformerOptions Plain =
        new() { Layers = 2, ModelWidth = 12, Heads = 2, HeadWidth = 6, MlpWidth = 20 };

    [Theory]
    [InlineData(nameof(ActivationSite.ResidPost), false)]
    [InlineData(nameof(ActivationSite.MlpOut), false)]
    [InlineData(nameof(ActivationSite.MlpHidden), false)]
    [InlineData(nameof(ActivationSite.ResidPost), true)]
    [InlineData(nameof(ActivationSite.MlpHidden), true)]
    public void Where_nothing_else_reads_the_site_it_is_what_an_addition_to_the_site_does(string name, bool isTied)
    {
        var site = Enum.Parse<ActivationSite>(name);
        var model = ModelWith(Plain with { TiedUnembedding = isTied });
        var path = DirectPath.Of(model, site, 1);
        var direction = Direction(path.Weights.Rows);
        var activations = model.Activations(site, 1);
        var moved = activations.Clone();
        for (var row = 0; row < moved.Rows; row++)
        {
            for (var column = 0; column < moved.Columns; column++)
            {
                moved[row, column] += direction[column];
            }
        }

        var (before, after) = (model.LogitsFrom(site, 1, activations), model.LogitsFrom(site, 1, moved));
        var effect = path.EffectOf(direction);
        Assert.True(path.IsWhole);
        Assert.False(path.IsUpToScale);
        for (var row = 0; row < before.Rows; row++)
        {
            var changes = Enumerable.Range(0, before.Columns).Select(answer => (double)after[row, answer] - before[row, answer]).ToArray();
            for (var answer = 0; answer < changes.Length; answer++)
            {
                Assert.Equal(changes[answer] - changes.Average(), effect[answer], 1e-4);
            }
        }
    }

    [Theory]
    [InlineData(nameof(ActivationSite.ResidPost), 0)]
    [InlineData(nameof(ActivationSite.ResidMid), 1)]
    [InlineData(nameof(ActivationSite.AttnOut), 1)]
    [InlineData(nameof(ActivationSite.MlpHidden), 0)]
    public void Where_more_reads_the_site_it_is_not_whole(string site, int layer) =>
        Assert.False(DirectPath.Of(ModelWith(Plain), Enum.Parse<ActivationSite>(site), layer).IsWhole);

    [Fact]
    public void Behind_a_layer_norm_it_is_right_up_to_a_factor_of_each_input()
    {
        var model = ModelWith(Plain with { LayerNorm = true });
        new RandomStream(3, "gains").FillNormal(model.Parameters["ln_final.w"].Values.AsSpan());
        var path = DirectPath.Of(model, ActivationSite.ResidPost, 1);
        var activations = model.Activations(ActivationSite.ResidPost, 1);

        // The stream is a direction too: its effect is its logits, but for the norm's scale.
        var logits = model.Logits();
        Assert.True(path.IsUpToScale);
        for (var row = 0; row < 10; row++)
        {
            var effect = path.EffectOf(activations.Row(row));
            var own = Enumerable.Range(0, logits.Columns).Select(answer => (double)logits[row, answer]).ToArray();
            var centred = own.Select(logit => logit - own.Average()).ToArray();
            var factor = centred.Zip(effect).Sum(pair => pair.First * pair.Second) / effect.Sum(value => (double)value * value);
            Assert.True(factor > 0);
            Assert.All(centred.Zip(effect), pair => Assert.Equal(pair.First, factor * pair.Second, 1e-3));
        }
    }

    [Fact]
    public void Other_widths_and_layers_are_refused()
    {
        var model = ModelWith(Plain);

        Assert.Throws<ArgumentException>(() => DirectPath.Of(model, ActivationSite.ResidPost, 2));
        Assert.Throws<ArgumentException>(() => DirectPath.Of(model, ActivationSite.ResidPost, 1).EffectOf(new float[5]));
    }

    private static Transformer ModelWith(TransformerOptions options) =>
        Transformer.Initialise(ArithmeticTask.From(new TaskOptions { Modulus = 7 }), options, 5);

    private static float[] Direction(int width)
    {
        var direction = new Matrix(1, width);
        new RandomStream(2, "direction").FillNormal(direction.AsSpan());
        return direction.AsSpan().ToArray();
    }
}
