namespace Husai.Analysis.Functional;

/// <summary>
/// Quality over coverage: Q(c) is the mean substitution R, below 0 as 0, of the share c of the latents whose matches score highest; the
/// area under it, AUSQC, is the mean of Q over all c.
/// </summary>
internal static class QualityCoverage
{
    /// <summary>Q after each latent.</summary>
    /// <param name="scores">Score of each latent's match; NaN without one: such latents come last and count as 0.</param>
    /// <param name="qualities">Substitution R of each; NaN counts as 0.</param>
    public static double[] Curve(IReadOnlyList<double> scores, IReadOnlyList<double> qualities)
    {
        var order = Enumerable.Range(0, scores.Count)
            .OrderByDescending(index => double.IsNaN(scores[index]) ? double.NegativeInfinity : scores[index]).ToArray();
        var curve = new double[order.Length];
        double sum = 0;
        for (var i = 0; i < order.Length; i++)
        {
            var quality = double.IsNaN(scores[order[i]]) ? 0 : qualities[order[i]];
            sum += quality > 0 ? quality : 0;
            curve[i] = sum / (i + 1);
        }

        return curve;
    }

    /// <summary>Q at a coverage in (0, 1]: after as many latents as make up that share, at least one.</summary>
    public static double At(double[] curve, double coverage) =>
        curve[Math.Clamp((int)Math.Ceiling(coverage * curve.Length) - 1, 0, curve.Length - 1)];
}
