using System.Globalization;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// The level of the dictionaries themselves, each turned by a rotation of its own within bands of the activations' principal axes: it keeps
/// their geometry and the energy of each latent in each band. Without activations a pair is turned by signs along the axes of the other
/// dictionaries' rows, since its own would be bent towards it.
/// </summary>
internal sealed class TurnedLevel(SimilarityGroup group, StabilityOptions options, StudyRunner runner)
{
    private const string Stage = "chance: turned";
    private const int LargestWhole = 1024;

    /// <summary>Each similarity of the group within the principal axes of activations.</summary>
    public IReadOnlyList<StudyScores> Within(PrincipalAxes axes, Action<IReadOnlyList<float>>? matched) =>
        Measure([.. Enumerable.Range(0, group.Rows.Count)], axes, 0, matched);

    /// <summary>Each similarity of the group within the axes of the other dictionaries; at least three are needed.</summary>
    public IReadOnlyList<StudyScores> WithinOthers(Action<IReadOnlyList<float>>? matched)
    {
        var count = group.Rows.Count;
        var moments = group.Rows.Select(rows => Covariance.OfUnitRows(UnitRows.Of(rows.Rows), runner.Workers)).ToArray();
        var result = group.Similarities.Select((similarity, _) => new StudyScores(DrawsOf(similarity), count)).ToArray();
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                // One axis a band: a choice of signs.
                var axes = PrincipalAxes.Of(
                    Covariance.Pooled([.. moments.Where((_, number) => number != i && number != j)]), bandFactor: 1, runner.Workers);
                var scores = Measure([i, j], axes, i * count + j, matched);
                for (var number = 0; number < result.Length; number++)
                {
                    for (var study = 0; study < result[number].Studies; study++)
                    {
                        result[number].Set(study, i, j, scores[number].PairOf(study));
                    }
                }
            }
        }

        return result;
    }

    private int DrawsOf(SimilarityOptions similarity) => ChanceDraws.OfSet(group.Sizes, similarity, options.ChanceDraws);

    private StudyScores[] Measure(int[] members, PrincipalAxes axes, int salt, Action<IReadOnlyList<float>>? matched)
    {
        var draws = group.Similarities.Select(DrawsOf).ToArray();
        var result = Array.ConvertAll(draws, count => new StudyScores(count, members.Length));
        var coordinates = members.Select(member => InAxes(group.Rows[member], axes)).ToArray();
        var numbers = Enumerable.Range(0, group.Similarities.Count).ToArray();
        int[] sampled = group.Sizes.Max() > LargestWhole
            ? [.. numbers.Where(number => SampledMaximum.Applies(group.Similarities[number]))]
            : [];
        if (sampled.Length > 0)
        {
            new SampledStudies(group, runner).Run(
                Stage, sampled, draws,
                (study, crew) => SampledDictionaries.OfTurned(
                    Array.ConvertAll(coordinates, rows => rows.Rows),
                    [.. members.Select(member => axes.Draw(StreamOf("chance.turned", study, member, salt)))],
                    number => StreamOf("chance.turned.sample", study, members[number], salt), crew),
                (number, study, i, j, score) => result[number].Set(study, i, j, score), sampled.Contains(0) ? matched : null);
        }

        int[] whole = [.. numbers.Except(sampled)];
        if (whole.Length > 0)
        {
            runner.Run(Stage, whole.Max(number => draws[number]), coordinates.Sum(rows => (long)rows.Count * axes.Width), (study, crew) =>
            {
                var turned = coordinates.Select((rows, index) =>
                    Turned(rows, axes.Draw(StreamOf("chance.turned", study, members[index], salt)), crew)).ToArray();
                WholeStudies.ScoreRandom(
                    turned, [.. whole.Where(number => study < draws[number]).Select(number => (number, group.Similarities[number]))],
                    group.BothCosines,
                    (number, i, j, score) => result[number].Set(study, i, j, score),
                    study > 0 || matched is null || !whole.Contains(0) ? null : (_, _, matches) =>
                        matched(BestMatches.Of(matches, options.Similarity.Cosine)),
                    crew, runner.Cancellation);
            });
        }

        return result;
    }

    private ComparedRows InAxes(ComparedRows rows, PrincipalAxes axes) =>
        new(axes.Coordinates(rows.Rows, runner.Workers), rows.Encoder is null ? null : axes.Coordinates(rows.Encoder, runner.Workers));

    // Decoder and encoder of a dictionary live in the same space: one rotation turns both.
    private static ComparedRows Turned(ComparedRows coordinates, BandRotation turn, Workers? workers)
    {
        var turned = new ComparedRows(coordinates.Rows.Clone(), coordinates.Encoder?.Clone());
        turn.Turn(turned.Rows, workers);
        if (turned.Encoder is not null)
        {
            turn.Turn(turned.Encoder, workers);
        }

        return turned;
    }

    // Pairs that are turned in axes of their own get streams of their own.
    private RandomStream StreamOf(string purpose, int study, int member, int salt) =>
        new(
            options.ChanceSeed, salt == 0 ? purpose : purpose + ".pair" + salt.ToString(CultureInfo.InvariantCulture),
            (uint)(study * group.Sizes.Count + member));
}
