using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;
using Husai.Analysis.Tests.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Causal;

public sealed class CausalTests
{
    private static readonly PlantedSite Site = new();
    private static readonly Circuit Circuit = Site.FindCircuit();
    private static readonly AnswerKey Answers = AnswerKey.Addition(
        PlantedSite.Modulus, [.. Enumerable.Range(0, 961).Select(row => row % 3 != 0)]);
    private static readonly Matrix Unembedding = MakeUnembedding();

    [Fact]
    public void The_planted_model_answers_and_a_perfect_reconstruction_keeps_that()
    {
        var result = Splice.Measure(Site.Activations, Site.Activations, Circuit, Logits, Answers);
        Assert.Equal(1, result.Clean.Accuracy);
        Assert.Equal(result.Clean, result.Spliced);
        Assert.Equal(1, result.CeRecoveredMean!.Value, 1e-12);
        Assert.Equal(0, result.KlDivergence, 1e-12);
        Assert.All(result.PlaneErrors, error => Assert.Equal(0, error));
        // Constant logits can do no better than ln p over answers that are all equally frequent.
        Assert.True(result.MeanAblated.CrossEntropy >= Math.Log(PlantedSite.Modulus));
    }

    [Fact]
    public void A_reconstruction_without_one_plane_shows_which_is_missing()
    {
        var reconstruction = WaveFilter.Remove(Site.Activations, [Circuit.Planes[2]], PlantedSite.Modulus);
        var result = Splice.Measure(Site.Activations, reconstruction, Circuit, Logits, Answers);
        Assert.Equal([0, 0, 1, 0], result.PlaneErrors, (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.True(result.Spliced.CrossEntropy > result.Clean.CrossEntropy);
        Assert.InRange(result.CeRecoveredMean!.Value, 0.1, 0.999);
        Assert.True(result.KlDivergence > 0);
    }

    [Fact]
    public void Keeping_all_planes_keeps_the_activations_and_removing_them_leaves_the_mean()
    {
        var kept = WaveFilter.Keep(Circuit, Circuit.Planes);
        var removed = WaveFilter.Remove(Site.Activations, Circuit.Planes, PlantedSite.Modulus);
        for (var row = 0; row < kept.Rows; row += 37)
        {
            for (var i = 0; i < kept.Columns; i++)
            {
                Assert.Equal(Site.Activations[row, i], kept[row, i], 1e-4);
                Assert.Equal(PlantedSite.Offset, removed[row, i], 1e-4);
            }
        }
    }

    [Fact]
    public void Scores_tell_training_inputs_from_the_others()
    {
        var scores = LogitScores.Of(Logits(Site.Activations), Answers);
        var training = Answers.IsTraining!.Count(isTraining => isTraining);
        Assert.Equal(
            scores.CrossEntropy, (scores.TrainCrossEntropy!.Value * training + scores.TestCrossEntropy!.Value * (961 - training)) / 961,
            1e-12);
        Assert.Null(LogitScores.Of(Logits(Site.Activations), AnswerKey.Addition(PlantedSite.Modulus)).TrainCrossEntropy);
    }

    [Fact]
    public void Ablating_the_latents_of_a_plane_does_what_removing_the_plane_does()
    {
        // Two pairs of opposite half waves, a quarter turn apart: their contributions add up to the wave.
        var basis = Site.Dictionary(4);
        var report = new CircuitRecovery(Circuit, Site.Activations).Measure(basis);
        var result = new GroupAblationRun(Site.Activations, Circuit, Logits, Answers).Run(basis, report);
        Assert.All(result.Planes, plane => Assert.Equal(4, plane.Latents));
        Assert.All(result.Planes, plane => Assert.Equal(1, plane.Ratio, 1e-2));
        Assert.All(result.Planes, plane => Assert.Equal(1, plane.OwnChange, 1e-3));
        Assert.All(result.Planes, plane => Assert.Equal(0, plane.Leakage, 1e-3));
        Assert.Equal(result.CumulativeExcludedLoss[3], result.CumulativeLoss[3], 1e-2);
        Assert.True(result.CumulativeLoss[3] >= Math.Log(PlantedSite.Modulus) - 0.1);
    }

    [Fact]
    public void Turning_the_planted_planes_moves_the_answer_by_one()
    {
        var steering = Steering.Measure(Site.Activations, Circuit, Logits, Answers)!;
        Assert.Equal(4, steering.Planes);
        Assert.Equal(1, steering.AnswersNext);
        Assert.Equal(0, steering.AnswersSame);
        Assert.InRange(steering.RandomAnswersNext, 0, 0.5);
    }

    [Fact]
    public void Planes_that_do_not_reach_the_logits_cannot_be_steered()
    {
        // The same waves, read by a model that looks elsewhere.
        var elsewhere = new Matrix(PlantedSite.Width, PlantedSite.Modulus);
        new RandomStream(1, "test.elsewhere").FillNormal(elsewhere.AsSpan());
        var blind = WaveFilter.Remove(Site.Activations, Circuit.Planes, PlantedSite.Modulus);
        Matrix BlindLogits(Matrix activations)
        {
            var logits = new Matrix(blind.Rows, PlantedSite.Modulus);
            MatrixProduct.Multiply(logits, blind, elsewhere);
            return logits;
        }

        Assert.InRange(Steering.Measure(Site.Activations, Circuit, BlindLogits, Answers)!.AnswersNext, 0, 0.1);
    }

    [Fact]
    public void Direct_effects_have_the_frequency_of_their_plane()
    {
        var basis = Site.Dictionary(4);
        var attributions = LogitAttribution.Of(basis.Dictionary.Decoder, Unembedding);
        for (var latent = 0; latent < 16; latent++)
        {
            Assert.Equal(PlantedSite.Frequencies[latent / 4], attributions[latent].Frequency);
            Assert.Equal(1, attributions[latent].Share, 1e-4);
        }

        var report = new CircuitRecovery(Circuit, Site.Activations).Measure(basis);
        Assert.Equal(1, FrequencyAgreement.Of(report, Circuit, attributions).Share);
    }

    private static Matrix Logits(Matrix activations)
    {
        var logits = new Matrix(activations.Rows, PlantedSite.Modulus);
        MatrixProduct.Multiply(logits, activations, Unembedding);
        return logits;
    }

    // Reads cos(w_k (a + b - c)) out of the planes.
    private static Matrix MakeUnembedding()
    {
        var result = new Matrix(PlantedSite.Width, PlantedSite.Modulus);
        for (var c = 0; c < PlantedSite.Modulus; c++)
        {
            for (var plane = 0; plane < 4; plane++)
            {
                var (sine, cosine) = Math.SinCos(2 * Math.PI * PlantedSite.Frequencies[plane] * c / PlantedSite.Modulus);
                for (var i = 0; i < PlantedSite.Width; i++)
                {
                    result[i, c] += (float)(cosine * Site.Planes[2 * plane, i] + sine * Site.Planes[2 * plane + 1, i]);
                }
            }
        }

        return result;
    }
}
