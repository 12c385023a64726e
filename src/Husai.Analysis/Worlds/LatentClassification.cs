namespace Husai.Analysis.Worlds;

/// <summary>
/// Latents as classifiers, each of one feature: as published of its best match by cosine, not of its partner in the assignment. Means over
/// all latents, those that never fire included (SynthSAEBench, arXiv 2602.14687). What is undefined is 0, as a latent without a feature is;
/// F1 is the mean of F1s.
/// </summary>
/// <param name="Precision">Mean of TP / (TP + FP).</param>
/// <param name="Recall">Mean of TP / (TP + FN).</param>
/// <param name="F1">Mean of 2 P R / (P + R).</param>
/// <param name="Accuracy">Mean share of the samples on which latent and feature agree.</param>
/// <param name="TruePositives">Of each latent: samples on which both fire.</param>
/// <param name="FalsePositives">Of each latent: samples on which only the latent fires.</param>
/// <param name="FalseNegatives">Of each latent: samples on which only the feature fires.</param>
/// <param name="ChanceF1">What F1 would be if each latent fired as often as it does, whatever its feature does.</param>
internal sealed record LatentClassification(
    double Precision, double Recall, double F1, double Accuracy, IReadOnlyList<long> TruePositives, IReadOnlyList<long> FalsePositives,
    IReadOnlyList<long> FalseNegatives, double ChanceF1)
{
    /// <summary>Classification from counts.</summary>
    /// <param name="samples">Number of samples, at least 1.</param>
    /// <param name="featureOfLatent">Of each latent: its feature, or -1.</param>
    /// <param name="together">Of each latent: samples on which both fire.</param>
    /// <param name="latents">Of each latent: samples on which it fires.</param>
    /// <param name="features">Of each feature: samples on which it fires.</param>
    internal static LatentClassification From(
        long samples, IReadOnlyList<int> featureOfLatent, long[] together, long[] latents, long[] features)
    {
        var count = featureOfLatent.Count;
        var (falsePositives, falseNegatives) = (new long[count], new long[count]);
        var (precision, recall, f1, accuracy, chance) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var latent = 0; latent < count; latent++)
        {
            var fires = featureOfLatent[latent] is >= 0 and var feature ? features[feature] : 0;
            falsePositives[latent] = latents[latent] - together[latent];
            falseNegatives[latent] = fires - together[latent];
            var p = Ratio(together[latent], latents[latent]);
            var r = Ratio(together[latent], fires);
            precision += p;
            recall += r;
            f1 += Ratio(2 * p * r, p + r);
            accuracy += (samples - falsePositives[latent] - falseNegatives[latent]) / (double)samples;

            // Independent: precision is the feature's rate and recall the latent's.
            chance += Ratio(2.0 * latents[latent] * fires, (double)samples * (latents[latent] + fires));
        }

        return new LatentClassification(
            precision / count, recall / count, f1 / count, accuracy / count, together, falsePositives, falseNegatives,
            chance / count);
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
}
