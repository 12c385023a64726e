using Husai.Analysis.Chance;
using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Stability;

/// <summary>Shared fractions over thresholds (signed, Hungarian), from one match of each pair.</summary>
internal sealed class SharedFractions(IReadOnlyList<LatentDictionary> dictionaries, SimilarityGroup group, StudyRunner runner)
{
    private static readonly SimilarityOptions OneToOne = new() { Cosine = CosineMeasure.Signed, Matcher = Matcher.Hungarian };

    private readonly List<(Match Decoder, Match? Encoder)> _pairs = [];

    /// <summary>Whether no dictionary is so large that matching it one to one takes longer than all else that nobody asked for.</summary>
    public static bool Applies(SimilarityGroup group) => group.Sizes.Max() <= HungarianMatcher.LargestMatrixSide;

    /// <summary>Takes the match of a pair.</summary>
    public void Add(int i, int j, PairMatches matches)
    {
        var encoders = dictionaries.All(dictionary => dictionary.Encoder is not null);
        _pairs.Add((
            matches.Find(CosineMeasure.Signed, Matcher.Hungarian),
            encoders ? DictionarySimilarity.FindMatch(
                group.Selections[i].RowsOf(dictionaries[i].Encoder!), group.Selections[j].RowsOf(dictionaries[j].Encoder!), OneToOne,
                runner.Workers, runner.Cancellation)
                : null));
    }

    /// <summary>The fractions, beside one pair of random dictionaries of the same shape as the first two.</summary>
    public IReadOnlyList<SharedFraction> Measure(StabilityOptions options)
    {
        var (random, other) = (ShapeOf(0), ShapeOf(1));
        var stream = new RandomStream(options.ChanceSeed, "chance.shared");
        var chance = DictionarySimilarity.FindMatch(
            random.Draw(group.Sizes[0], stream, runner.Workers), other.Draw(group.Sizes[1], stream, runner.Workers), OneToOne,
            runner.Workers, runner.Cancellation);
        return
        [
            .. options.SharedThresholds.Select(threshold => new SharedFraction(
                threshold,
                _pairs.Average(pair => pair.Decoder.FractionAbove(threshold)),
                _pairs.All(pair => pair.Encoder is not null)
                    ? _pairs.Average(pair => pair.Decoder.SmallerOf(pair.Encoder!, samePartner: true).FractionAbove(threshold))
                    : null,
                chance.FractionAbove(threshold))),
        ];
    }

    // Of the decoder alone, also where the group compares encoders with it.
    private DirectionShape ShapeOf(int number) =>
        group.Weights == MatchedWeights.Both
            ? DirectionShape.Of(group.Rows[number].Rows, runner.Workers)
            : group.ShapeOf(number, runner.Workers);
}
