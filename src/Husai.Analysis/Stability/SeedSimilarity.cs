using System.Text.Json.Serialization;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Analysis.Statistics;

namespace Husai.Analysis.Stability;

/// <summary>One similarity over a set of seeds, with its chance levels.</summary>
public sealed record SeedSimilarity
{
    /// <summary>The similarity.</summary>
    public required SimilarityOptions Options { get; init; }

    /// <summary>The similarity in full.</summary>
    public string Name => Options.Name;

    /// <summary>Similarity of every two, 1 on the diagonal.</summary>
    public required double[][] Matrix { get; init; }

    /// <summary>Mean over the pairs.</summary>
    public double Mean => Interval.Mean;

    /// <summary>Mean over the pairs with its jackknife interval over seeds; without ends for two dictionaries.</summary>
    public required Interval Interval { get; init; }

    /// <summary>
    /// That every pair's one-to-one match has the largest sum, the worst of each number over the pairs; null for other matchers, and where
    /// the matrix of all cosines was at hand.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MatchCertificate? Certificate { get; init; }

    /// <summary>What it comes to without agreement: means over the pairs.</summary>
    public required ChanceLevels Levels { get; init; }

    /// <summary>Level of the same shape for each pair, 1 on the diagonal.</summary>
    public required double[][] SameShape { get; init; }

    /// <summary>Level after turning for each pair, 1 on the diagonal; null where it was not measured.</summary>
    public double[][]? Turned { get; init; }

    /// <summary>Kappa against the same shape; null where seeds share their start, or chance leaves no room.</summary>
    public Kappa? Kappa { get; init; }

    /// <summary>Kappa against turning; null as <see cref="Kappa"/>, or where that level was not measured.</summary>
    public Kappa? KappaTurned { get; init; }

    /// <summary>For two dictionaries: how often a random set of the same shape scores at least as high; null else.</summary>
    public double? P { get; init; }

    /// <summary>Whether <see cref="P"/> is that of a normal distribution with the spread of a few random sets.</summary>
    public bool PIsApproximate { get; init; }

    /// <summary>Whether the levels have been checked on dictionaries that share nothing; not so where both weights are compared.</summary>
    public bool IsCalibrated => Options.Weights != MatchedWeights.Both;

    /// <summary>The answer in words; null for two dictionaries, or where chance leaves no room.</summary>
    [JsonIgnore]
    public Verdict? Verdict
    {
        get => Sentence is null ? null : new Verdict((AgreementFinding)(VerdictNumber ?? 0), Sentence, Additions);
        init => (VerdictNumber, Sentence, Additions) = (value?.Number, value?.Sentence, value?.Additions ?? []);
    }

    /// <summary>Number of the verdict's sentence, 1 to 5, or null.</summary>
    [JsonPropertyName("verdict")]
    public int? VerdictNumber { get; init; }

    /// <summary>The verdict's sentence, or null.</summary>
    public string? Sentence { get; init; }

    /// <summary>What must be known with it.</summary>
    public IReadOnlyList<string> Additions { get; init; } = [];
}
