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
        Substitution = Mean(matched.Select(latent => latent.Substitution));
        Negative = Mean(contested.Select(latent => latent.Negative));
        BeatsNegative = Mean(contested.Select(
            latent => latent.Substitution > latent.Negative ? 1 : latent.Substitution < latent.Negative ? 0 : 0.5));
        SubstitutionAsIs = matched.Sum(latent => latent.SubstitutionAsIs * latent.Energy) / matched.Sum(latent => latent.Energy);
        double[] scores = [.. latents.Select(latent => latent.Score)];
        Curve = QualityCoverage.Curve(scores, [.. latents.Select(latent => latent.Substitution)]);
        NegativeCurve = QualityCoverage.Curve(scores, [.. latents.Select(latent => latent.Negative)]);
        Fingerprint = Mean(matched.Select(latent => latent.Effects?.Fingerprint ?? double.NaN));
        NegativeFingerprint = Mean(matched.Select(latent => latent.Effects?.NegativeFingerprint ?? double.NaN));
        EffectSubstitution = Mean(matched.Select(latent => latent.Effects?.Substitution ?? double.NaN));
        EffectNegative = Mean(matched.Select(latent => latent.Effects?.Negative ?? double.NaN));
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

    /// <summary>Mean of the values that are numbers; NaN without any.</summary>
    public static double Mean(IEnumerable<double> values)
    {
        var numbers = values.Where(value => !double.IsNaN(value)).ToArray();
        return numbers.Length == 0 ? double.NaN : numbers.Average();
    }
}
