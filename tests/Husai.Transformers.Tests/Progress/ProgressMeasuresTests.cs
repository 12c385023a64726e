using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Transformers.Activations;
using Husai.Transformers.Models;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;
using Husai.Transformers.Tests.Fixtures;
using Husai.Transformers.Training;

namespace Husai.Transformers.Tests.Progress;

public sealed class ProgressMeasuresTests
{
    [Fact]
    public void The_rectified_network_adds_perfectly_and_is_read_as_it_was_built()
    {
        var network = AnalyticNetwork.Rectified();
        var measures = ProgressMeasures.Of(network.Measured, [.. Enumerable.Range(0, 6000)]);

        Assert.Equal(40, network.NeuronFrequencies.Count);
        Assert.Equal(1.0, Accuracy(network));
        Assert.Equal([14, 35, 41, 42, 52], measures.KeyFrequencies);
        Assert.Equal(1.0, measures.EmbeddingKeyShare, 1e-5);
        Assert.Equal([8, 8, 8, 8, 8], measures.NeuronsByFrequency.Where(count => count > 0));
        Assert.Equal(1.0, measures.NeuronsSingleFrequency);

        // The eight phases sum to nearly |cos(w(a - b) / 2)| cos(w(a + b - c)), whose power is 1/2; the mean of the first factor is 2/pi.
        Assert.Equal(8 / (Math.PI * Math.PI), measures.LogitSumShare, 0.01);
        Assert.InRange(measures.ExcludedLoss, Math.Log(113) - 0.2, double.PositiveInfinity);
    }

    [Fact]
    public void The_quadratic_network_adds_perfectly_and_each_neuron_shows_its_frequency()
    {
        var network = AnalyticNetwork.Quadratic();
        var spectrum = new NeuronSpectrum(new FourierBasis(113), network.Hidden, Workers.Alone);

        Assert.Equal(224, network.NeuronFrequencies.Count);
        Assert.Equal(1.0, Accuracy(network));

        // (cos A + cos B)² = 1 + cos 2A / 2 + cos 2B / 2 + 2 cos A cos B: of the variance 1/8 + 1/8 + 1, the last 1 is at the frequency.
        Assert.All(spectrum.Shares, share => Assert.Equal(0.8, share, 1e-4));
        Assert.Equal(network.NeuronFrequencies, spectrum.Frequencies);
    }

    [Fact]
    public void Pure_cosines_are_explained_wholly_and_nothing_else_is()
    {
        const int p = 31;
        var logits = new Matrix(p * p, p);
        var noise = new Matrix(p * p, p);
        new RandomStream(1, "test").FillNormal(noise.AsSpan());
        for (var input = 0; input < p * p; input++)
        {
            for (var c = 0; c < p; c++)
            {
                var x = input / p + input % p - c;
                logits[input, c] = (float)(3 * Math.Cos(2 * Math.PI * 4 * x / p) + Math.Cos(2 * Math.PI * 9 * x / p) + 5 * c);
            }
        }

        var pure = ProgressMeasures.Of(Network(p, logits), [0, 1, 2]);
        Assert.Equal([4, 9], pure.KeyFrequencies);
        Assert.Equal(1.0, pure.LogitSumShare, 1e-6);
        Assert.Equal(1.0, pure.LogitCosineFve, 1e-6);

        // Noise has no preference: a frequency's two sum directions hold 2 of p² - 1 dimensions.
        var random = ProgressMeasures.Of(Network(p, noise), [0, 1, 2]);
        Assert.InRange(random.LogitSumShare, 0, 0.06);
        Assert.InRange(random.LogitCosineFve, 0, 0.01);
    }

    [Fact]
    public void Restricted_and_excluded_logits_add_up_to_the_logits_of_a_network_of_sums()
    {
        const int p = 13;
        var basis = new FourierBasis(p);
        var logits = new Matrix(p * p, p);
        int[] sums = [.. Enumerable.Range(0, p * p).Select(input => (input / p + input % p) % p)];
        for (var input = 0; input < p * p; input++)
        {
            logits.Row(input)[sums[input]] = 7;
        }

        var spectrum = new LogitSpectrum(basis, logits, sums);
        var (restricted, excluded) = (spectrum.Restricted(), spectrum.Excluded(logits, sums, [.. Enumerable.Range(0, p * p)]));

        // All six frequencies carry a delta function equally, so that the excluded part is the mean alone.
        Assert.Equal([1, 2, 3, 4, 5, 6], spectrum.KeyFrequencies);
        for (var input = 0; input < p * p; input++)
        {
            for (var c = 0; c < p; c++)
            {
                Assert.Equal(7.0 / p, excluded[input, c], 1e-4);
                Assert.Equal(logits[input, c], restricted[sums[input], c], 1e-4);
            }
        }
    }

    [Fact]
    public void A_random_model_fails_the_gate()
    {
        var model = Transformer.Initialise(ArithmeticTask.From(new TaskOptions { Modulus = 31 }), new TransformerOptions(), seed: 0);
        var split = DataSplit.Random(model.Task.Inputs, 0.5, 0);
        var checks = TransformerGate.Check(
            model, model.EvaluateLogits(model.Logits(), split.Test), ProgressMeasures.Of(model, split));

        Assert.Contains(checks, check => check is { Name: "test_accuracy", Ok: false });
        Assert.Contains(checks, check => check is { Name: "logit_sum_share", Ok: false });
        Assert.Contains(checks, check => check is { Name: "neurons_single_frequency", Ok: false });
    }

    [Theory]
    [InlineData(113, 4.7)]
    [InlineData(59, 4.0)]
    public void The_excluded_loss_must_exceed_that_of_guessing(int modulus, double limit) =>
        Assert.Equal(limit, TransformerGate.ExcludedLimit(modulus), 1e-12);

    [Fact]
    public void Gini_is_0_for_equals_and_nears_1_for_one_owner()
    {
        Assert.Equal(0, ProgressMeasures.Gini([2, 2, 2, 2]), 1e-12);
        Assert.Equal(0.9, ProgressMeasures.Gini([0, 0, 0, 0, 0, 0, 0, 5, 0, 0]), 1e-12);
    }

    [Fact]
    public void Subtraction_is_measured_along_differences()
    {
        const int p = 13;
        var logits = new Matrix(p * p, p);
        for (var input = 0; input < p * p; input++)
        {
            for (var c = 0; c < p; c++)
            {
                logits[input, c] = (float)Math.Cos(2 * Math.PI * 3 * (input / p - input % p - c) / p);
            }
        }

        var measures = ProgressMeasures.Of(Network(p, logits) with { Operation = ArithmeticOperation.Subtraction }, []);
        Assert.Equal([3], measures.KeyFrequencies);
        Assert.Equal(1.0, measures.LogitCosineFve, 1e-6);
    }

    private static MeasuredNetwork Network(int p, Matrix logits) => new()
    {
        Modulus = p,
        Operation = ArithmeticOperation.Addition,
        Embedding = new Matrix(p, 4),
        Hidden = new Matrix(p * p, 3),
        NeuronLogits = new Matrix(3, p),
        Logits = logits,
    };

    private static double Accuracy(AnalyticNetwork network) => Evaluator.Accuracy(
        network.Logits,
        [
            .. Enumerable.Range(0, network.Modulus * network.Modulus)
                .Select(input => (input / network.Modulus + input % network.Modulus) % network.Modulus)]);
}
