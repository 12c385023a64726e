using System.Globalization;

namespace Husai.Analysis.Stability;

/// <summary>The answer to "do the seeds agree?" in words: one sentence, and what else must be known with it.</summary>
/// <param name="Finding">What was found.</param>
/// <param name="Sentence">The sentence that says so.</param>
/// <param name="Additions">Further sentences, mostly none.</param>
public sealed record Verdict(AgreementFinding Finding, string Sentence, IReadOnlyList<string> Additions)
{
    /// <summary>A kappa below this is hardly above chance.</summary>
    public const double LeastKappa = 0.05;

    /// <summary>Decoders with at least this mean cosine to their initialisation have hardly left it.</summary>
    public const double HardlyLeft = 0.9;

    /// <summary>Number of the sentence, 1 to 5; null for the first half of the fifth.</summary>
    public int? Number => Finding == AgreementFinding.NotTestedAgainstTurning ? null : (int)Finding;

    /// <summary>Whether latents are found again: the only finding that is called reproducible.</summary>
    public bool IsReproducible => Finding == AgreementFinding.SharedLatents;

    /// <summary>Sentence and additions.</summary>
    public string Text => Additions.Count == 0 ? Sentence : $"{Sentence}. {string.Join(' ', Additions)}";

    /// <summary>Sentence and additions with numbers after the sentence, without a full stop at the end.</summary>
    /// <param name="numbers">What stands in brackets, such as <c>kappa 0.4</c>.</param>
    public string With(string numbers) =>
        string.Join(". ", [$"{Sentence} ({numbers})", .. Additions.Select(addition => addition.TrimEnd('.'))]);

    /// <summary>The verdict on a set; null where there is no interval (two seeds) or chance leaves no room.</summary>
    /// <param name="sharesStart">Whether seeds share their initial weights.</param>
    /// <param name="kappa">Kappa against the same shape, or null.</param>
    /// <param name="turned">Kappa against turning, or null where it was not measured or leaves no room.</param>
    /// <param name="mean">The similarity.</param>
    /// <param name="cosineToStart">Mean cosine of the live decoder rows to their initialisation, or null.</param>
    /// <param name="ownNeighbour">The similarity of the nearest other latents within one dictionary, or null.</param>
    public static Verdict? Of(bool sharesStart, Kappa? kappa, Kappa? turned, double mean, double? cosineToStart, double? ownNeighbour)
    {
        if (sharesStart)
        {
            return new Verdict(AgreementFinding.SharedStart, SentenceOf(AgreementFinding.SharedStart), []);
        }

        if (kappa is not { Low: { } low, High: { } high })
        {
            return null;
        }

        var finding = low <= 0 ? AgreementFinding.NoMoreThanChance
            : kappa.Value < LeastKappa ? AgreementFinding.HardlyMoreThanChance
            : turned?.Low is not { } turnedLow ? AgreementFinding.NotTestedAgainstTurning
            : turnedLow <= 0 ? AgreementFinding.SameGround
            : AgreementFinding.SharedLatents;
        var additions = new List<string>();
        if (cosineToStart >= HardlyLeft)
        {
            additions.Add(
                $"The decoders have hardly left their initialisation (cosine "
                    + $"{cosineToStart.Value.ToString("0.00", CultureInfo.InvariantCulture)}).");
        }

        if (mean <= ownNeighbour)
        {
            additions.Add("The latents are no closer than neighbours within one dictionary.");
        }

        return new Verdict(finding, high < 0 ? LessAlike : SentenceOf(finding), additions);
    }

    /// <summary>The sentence of a finding.</summary>
    public static string SentenceOf(AgreementFinding finding) => finding switch
    {
        AgreementFinding.SharedStart => "The seeds share their initial weights: their similarity says nothing about what training finds",
        AgreementFinding.NoMoreThanChance => "The seeds are no more alike than two random dictionaries of the same shape",
        AgreementFinding.HardlyMoreThanChance => "The seeds are hardly more alike than two random dictionaries of the same shape",
        AgreementFinding.SameGround =>
            "The seeds are more alike than two random dictionaries of the same shape, but no more than after turning one within the "
                + "activations' "
            + "principal directions: they cover the same ground, not with the same latents",
        AgreementFinding.SharedLatents => "The seeds are more alike than chance: they share latents",
        _ => "The seeds are more alike than chance (not tested against turning)",
    };

    private const string LessAlike = "The seeds are less alike than two random dictionaries of the same shape";
}
