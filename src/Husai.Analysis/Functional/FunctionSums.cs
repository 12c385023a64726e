namespace Husai.Analysis.Functional;

/// <summary>Means over the latents of an ordered pair of SAEs.</summary>
internal sealed class FunctionSums
{
    /// <summary>Points of a quality-coverage curve that are kept.</summary>
    public const int CurvePoints = 50;

    /// <summary>Sums up a pair, or both directions of one.</summary>
    public FunctionSums(IReadOnlyList<MatchedLatent> latents)
    {
        var matched = latents.Where(latent => latent.IsMatched).ToArray();
        var contested = matched.Where(latent => !double.IsNaN(latent.Negative)).ToArray();
        Coverage = matched.Length / (double)latents.Count;
        Substitution = Mean(matched, latent => latent.Substitution);
        Negative = Mean(contested, latent => latent.Negative);
        BeatsNegative = Mean(
            contested, latent => latent.Substitution > latent.Negative ? 1 : latent.Substitution < latent.Negative ? 0 : 0.5);
        SubstitutionAsIs = matched.Sum(latent => latent.SubstitutionAsIs * latent.Energy) / matched.Sum(latent => latent.Energy);
        double[] scores = [.. latents.Select(latent => latent.Score)];
        Curve = QualityCoverage.Curve(scores, [.. latents.Select(latent => latent.Substitution)]);
        NegativeCurve = QualityCoverage.Curve(scores, [.. latents.Select(latent => latent.Negative)]);
        Fingerprint = Mean(matched, latent => latent.Effects?.Fingerprint ?? double.NaN);
        NegativeFingerprint = Mean(matched, latent => latent.Effects?.NegativeFingerprint ?? double.NaN);
        EffectSubstitution = Mean(matched, latent => latent.Effects?.Substitution ?? double.NaN);
        EffectNegative = Mean(matched, latent => latent.Effects?.Negative ?? double.NaN);
        WithoutEffect = matched.Count(latent => latent.Effects is { } effects && double.IsNaN(effects.Fingerprint));
    }

    public double Coverage { get; }

    public double Substitution { get; }

    public double Negative { get; }

    public double BeatsNegative { get; }

    public double SubstitutionAsIs { get; }

    public double[] Curve { get; }

    public double[] NegativeCurve { get; }

    public double Fingerprint { get; }

    public double NegativeFingerprint { get; }

    public double EffectSubstitution { get; }

    public double EffectNegative { get; }

    public int WithoutEffect { get; }

    /// <summary>Mean over those for which there is a value; NaN without any.</summary>
    public static double Mean(IReadOnlyList<MatchedLatent> latents, Func<MatchedLatent, double> value)
    {
        var values = latents.Select(value).Where(number => !double.IsNaN(number)).ToArray();
        return values.Length == 0 ? double.NaN : values.Average();
    }
}
