using System.Text.Json.Nodes;
using Husai.Analysis.Worlds;
using Husai.Autoencoders.Model;
using Husai.Formats.Numpy;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Worlds.Model;

namespace Husai.Analysis.Tests.Worlds;

/// <summary>The metrics against golden numbers of the published code.</summary>
public sealed class GoldenEvaluationTests
{
    private const double Tolerance = 1e-5;
    private static readonly Lazy<JsonNode> Expected = new(() => JsonNode.Parse(File.ReadAllText(PathOf("expected.json")))!);

    [Fact]
    public void Every_metric_is_the_published_one()
    {
        var expected = Expected.Value["eval"]!;
        using var workers = new Workers(2);

        var evaluation = Evaluate(workers);

        Assert.Equal((long)expected["samples"]!, evaluation.Samples);
        Near(expected["true_l0"], evaluation.TrueL0);
        Near(expected["sae_l0"], evaluation.L0);
        Assert.Equal((int)expected["dead_latents"]!, evaluation.DeadLatents);
        Near(expected["shrinkage"], evaluation.Shrinkage);
        Near(expected["explained_variance"], evaluation.ExplainedVariance);
        Near(expected["mcc"], evaluation.Recovery.Mcc);
        Near(expected["uniqueness"], evaluation.Recovery.Uniqueness);
        var classification = expected["classification"]!;
        Near(classification["precision"], evaluation.Classification.Precision);
        Near(classification["recall"], evaluation.Classification.Recall);
        Near(classification["f1_score"], evaluation.Classification.F1);
        Near(classification["accuracy"], evaluation.Classification.Accuracy);
        Assert.Equal(Counts(expected["best_match"]!), evaluation.Recovery.BestMatches.Select(match => (long)match));
        Assert.Equal(Counts(expected["tp"]!), evaluation.Classification.TruePositives);
        Assert.Equal(Counts(expected["fp"]!), evaluation.Classification.FalsePositives);
        Assert.Equal(Counts(expected["fn"]!), evaluation.Classification.FalseNegatives);
        foreach (var pair in expected["assignment"]!.AsArray())
        {
            Assert.Equal((int)pair![1]!, evaluation.Recovery.FeatureOfLatent[(int)pair[0]!]);
        }
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using var workers = new Workers(3);
        var (alone, together) = (Evaluate(Workers.Alone), Evaluate(workers));

        Assert.Equal(alone.ExplainedVariance, together.ExplainedVariance);
        Assert.Equal(alone.Shrinkage, together.Shrinkage);
        Assert.Equal(alone.Classification.F1, together.Classification.F1);
    }

    [Theory]
    [InlineData(0, "ortho_a")]
    [InlineData(1, "ortho_b")]
    public void Overlaps_of_dictionaries_are_the_published_ones(int number, string name)
    {
        var expected = Expected.Value["ortho"]![number]!;
        string[] stages = ["_before", "_after"];
        for (var stage = 0; stage < stages.Length; stage++)
        {
            var overlap = DictionaryOverlap.Measure(Read(name + stages[stage]));
            Near(expected["mean_abs_cos"]![stage], overlap.Mean);
            Near(expected["mean_max_abs_cos"]![stage], overlap.MeanMaximum);
            Near(expected["max_abs_cos"]![stage], overlap.Maximum);
        }
    }

    private static WorldEvaluation Evaluate(Workers workers)
    {
        var (dictionary, features) = (Read("eval_a_dictionary"), Read("eval_a_features"));
        var decoder = Read("eval_a_w_dec");
        var sae = Sae.Standard(
            Read("eval_a_w_enc").Transpose(), decoder, ReadVector("eval_a_b_enc"), ReadVector("eval_a_b_dec"));
        var hidden = new Matrix(features.Rows, dictionary.Columns);
        MatrixProduct.Multiply(hidden, features, dictionary, bias: ReadVector("eval_a_bias"));
        var firing = Enumerable.Range(0, features.Rows).Select(row => Firing(features.Row(row))).ToArray();
        var sums = new EvaluationSums(
            sae, TruthRecovery.Find(decoder, dictionary), dictionary, FeatureTrees.None(dictionary.Rows), workers);

        // In two parts of uneven size, as the last of a stream is.
        sums.Add(hidden.SliceRows(0, 1500), firing[..1500]);
        sums.Add(hidden.SliceRows(1500, 500), firing[1500..]);
        return sums.ToEvaluation();
    }

    private static int[] Firing(ReadOnlySpan<float> magnitudes)
    {
        var firing = new List<int>();
        for (var feature = 0; feature < magnitudes.Length; feature++)
        {
            if (magnitudes[feature] > 0)
            {
                firing.Add(feature);
            }
        }

        return [.. firing];
    }

    private static IEnumerable<long> Counts(JsonNode node) => node.AsArray().Select(count => (long)count!);

    private static void Near(JsonNode? expected, double actual) => Assert.InRange(actual - (double)expected!, -Tolerance, Tolerance);

    private static Matrix Read(string name) => NumpyFile.Read(PathOf(name + ".npy")).ToMatrix();

    private static float[] ReadVector(string name) => NumpyFile.Read(PathOf(name + ".npy")).ToSingles();

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Oracles", "worlds", name);
}
