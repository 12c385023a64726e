namespace Husai.Analysis.Worlds;

/// <summary>
/// Latents as classifiers, each of the feature that is its best match by cosine, not its partner in the assignment: means over all latents,
/// those that never fire included (SynthSAEBench, arXiv 2602.14687). What is undefined is 0; F1 is the mean of F1s.
/// </summary>
/// <param name="Precision">Mean of TP / (TP + FP).</param>
/// <param name="Recall">Mean of TP / (TP + FN).</param>
/// <param name="F1">Mean of 2 P R / (P + R).</param>
/// <param name="Accuracy">Mean share of the samples on which latent and feature agree.</param>
/// <param name="TruePositives">Of each latent: samples on which both fire.</param>
/// <param name="FalsePositives">Of each latent: samples on which only the latent fires.</param>
/// <param name="FalseNegatives">Of each latent: samples on which only the feature fires.</param>
public sealed record LatentClassification(
    double Precision, double Recall, double F1, double Accuracy, IReadOnlyList<long> TruePositives, IReadOnlyList<long> FalsePositives,
    IReadOnlyList<long> FalseNegatives)
{
    /// <summary>Classification from counts.</summary>
    /// <param name="samples">Number of samples, at least 1.</param>
    /// <param name="bestMatches">Of each latent: its feature.</param>
    /// <param name="together">Of each latent: samples on which both fire.</param>
    /// <param name="latents">Of each latent: samples on which it fires.</param>
    /// <param name="features">Of each feature: samples on which it fires.</param>
    internal static LatentClassification From(
        long samples, IReadOnlyList<int> bestMatches, long[] together, long[] latents, long[] features)
    {
        var count = bestMatches.Count;
        var (falsePositives, falseNegatives) = (new long[count], new long[count]);
        var (precision, recall, f1, accuracy) = (0.0, 0.0, 0.0, 0.0);
        for (var latent = 0; latent < count; latent++)
        {
            falsePositives[latent] = latents[latent] - together[latent];
            falseNegatives[latent] = features[bestMatches[latent]] - together[latent];
            var p = Ratio(together[latent], latents[latent]);
            var r = Ratio(together[latent], features[bestMatches[latent]]);
            precision += p;
            recall += r;
            f1 += Ratio(2 * p * r, p + r);
            accuracy += (samples - falsePositives[latent] - falseNegatives[latent]) / (double)samples;
        }

        return new LatentClassification(
            precision / count, recall / count, f1 / count, accuracy / count, together, falsePositives, falseNegatives);
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;
}
