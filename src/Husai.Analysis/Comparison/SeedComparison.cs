using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Comparison;

/// <summary>Several sets of dictionaries, all against each other.</summary>
public sealed class SeedComparison
{
    private readonly IReadOnlyList<ComparedSet> _sets;
    private readonly StabilityOptions _options;
    private readonly IReadOnlyList<SeedSimilarity?> _agreements;
    private readonly IReadOnlyList<int[]> _members;
    private readonly SimilarityGroup _group;
    private readonly double[][] _levels;

    private SeedComparison(
        IReadOnlyList<ComparedSet> sets, StabilityOptions options, IReadOnlyList<SeedSimilarity?> agreements, IReadOnlyList<int[]> members,
        SimilarityGroup group,
        IReadOnlyList<SharedStart> starts)
    {
        _sets = sets;
        _options = options;
        _agreements = agreements;
        _members = members;
        _group = group;
        Matrix = new StudyScores(1, group.Sizes.Count).Of(0);
        _levels = new StudyScores(1, group.Sizes.Count).Of(0);
        SharedStarts = starts;
    }

    /// <summary>Similarity of all dictionaries, set after set; 1 on the diagonal.</summary>
    public double[][] Matrix { get; }

    /// <summary>Kappa of every two, 1 on the diagonal; null where they share their start, or chance leaves no room.</summary>
    public double?[][] KappaMatrix =>
        [.. Matrix.Select((row, i) => row.Select((score, j) => KappaOf(i, j, score)).ToArray())];

    /// <summary>Pairs whose trainings began at the same weights, by their numbers in <see cref="Matrix"/>.</summary>
    public IReadOnlyList<SharedStart> SharedStarts { get; }

    /// <summary>Measures all pairs of all sets, with the level of the same shape of each.</summary>
    /// <param name="sets">Sets of dictionaries of one width.</param>
    /// <param name="options">How similarity and chance are measured; further similarities play no part.</param>
    /// <param name="activations">Covariance of the activations, or null.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far each stage has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentException">Widths differ, or a dictionary has no live latent.</exception>
    public static SeedComparison Of(
        IReadOnlyList<ComparedSet> sets, StabilityOptions? options = null, Covariance? activations = null, Workers? workers = null,
        Action<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        options = (options ?? new StabilityOptions()) with { FurtherSimilarities = [] };
        LatentDictionary[] all = [.. sets.SelectMany(set => set.Dictionaries)];
        DictionarySet.Require(all, 1, activations);
        var agreements = sets.Select(set => set.Agreement
            ?? (set.Dictionaries.Count < 2 ? null : SeedStability.Of(
                set.Dictionaries, options with { Parts = options.Parts & (StabilityParts.Turned | StabilityParts.References) }, activations,
                null, workers, progress, cancellation).Main)).ToArray();
        var result = new SeedComparison(
            sets, options, agreements, MembersOf(sets), SimilarityGroup.Of(all, [options.Similarity])[0], Stability.SharedStarts.Of(all));
        result.AddWithin();
        result.AddBetween(new StudyRunner(workers, progress, cancellation));
        return result;
    }

    /// <summary>Compares two of the sets.</summary>
    /// <param name="first">Number of the first.</param>
    /// <param name="second">Number of the second.</param>
    /// <exception cref="ArgumentException">A set has fewer than two dictionaries.</exception>
    public SetComparison Compare(int first, int second)
    {
        int[] members = [.. _members[first], .. _members[second]];
        var kappa = Submatrix(KappaMatrix, members);
        var permutation = PermutationOf(kappa, _members[first].Length);
        var (a, b) = (SummaryOf(first), SummaryOf(second));
        return new SetComparison
        {
            Options = _options.Similarity,
            A = a,
            B = b,
            Matrix = Submatrix(Matrix, members),
            KappaMatrix = kappa,
            Between = BetweenOf(_members[first], _members[second]),
            SharedStarts =
            [
                .. SharedStarts.Where(start => members.Contains(start.First) && members.Contains(start.Second))
                    .Select(start =>
                        start with { First = Array.IndexOf(members, start.First), Second = Array.IndexOf(members, start.Second) }),
            ],
            Difference = KappaDifference.Of(a.Agreement.Kappa, b.Agreement.Kappa, permutation, _options.Confidence),
            Permutation = permutation,
            AsPublished = PairTests.Of(a.Agreement.Matrix, b.Agreement.Matrix),
        };
    }

    private static int[][] MembersOf(IReadOnlyList<ComparedSet> sets)
    {
        var start = 0;
        return [.. sets.Select(set =>
        {
            int[] members = [.. Enumerable.Range(start, set.Dictionaries.Count)];
            start += members.Length;
            return members;
        })];
    }

    private void AddWithin()
    {
        for (var set = 0; set < _members.Count; set++)
        {
            if (_agreements[set] is not { } agreement)
            {
                continue;
            }

            for (var i = 0; i < _members[set].Length; i++)
            {
                for (var j = 0; j < _members[set].Length; j++)
                {
                    Matrix[_members[set][i]][_members[set][j]] = agreement.Matrix[i][j];
                    _levels[_members[set][i]][_members[set][j]] = agreement.SameShape[i][j];
                }
            }
        }
    }

    private void AddBetween(StudyRunner runner)
    {
        var pairs = _sets.Count * (_sets.Count - 1) / 2;
        var done = 0;
        for (var first = 0; first < _sets.Count; first++)
        {
            for (var second = first + 1; second < _sets.Count; second++)
            {
                runner.Report("between sets", done++, pairs);
                int[] members = [.. _members[first], .. _members[second]];
                var group = _group.Part(members);
                var boundary = _members[first].Length;
                var levels = new SameShapeLevel(group, _options, runner).MeasureBetween(boundary);
                WholeStudies.ScoreBetween(group, boundary, (i, j, score) =>
                {
                    Matrix[members[i]][members[j]] = Matrix[members[j]][members[i]] = score;
                    _levels[members[i]][members[j]] = _levels[members[j]][members[i]] = levels[i][j];
                }, runner);
            }
        }
    }

    private double? KappaOf(int i, int j, double score) =>
        i == j ? 1
        : !Kappa.HasRoom(_levels[i][j])
            || SharedStarts.Any(start => (start.First == i && start.Second == j) || (start.First == j && start.Second == i)) ? null
        : Kappa.Corrected(score, _levels[i][j]);

    private double? BetweenOf(int[] first, int[] second)
    {
        var shared = SharedStarts.Select(start => (start.First, start.Second)).ToHashSet();
        double[] scores = [
            .. first.SelectMany(i => second.Where(j => !shared.Contains((i, j)) && !shared.Contains((j, i))).Select(j => Matrix[i][j]))];
        return scores.Length == 0 ? null : scores.Average();
    }

    private SetSummary SummaryOf(int set) => new(
        _sets[set].Name, [.. _sets[set].Dictionaries.Select(dictionary => dictionary.Name)],
        [.. _members[set].Select(member => _group.Sizes[member])],
        _agreements[set] ?? throw new ArgumentException($"{_sets[set].Name} has one dictionary: a comparison needs two", nameof(set)));

    private TestResult? PermutationOf(double?[][] kappa, int firstSeeds)
    {
        var values = new double[kappa.Length, kappa.Length];
        for (var i = 0; i < kappa.Length; i++)
        {
            for (var j = 0; j < kappa.Length; j++)
            {
                values[i, j] = kappa[i][j] ?? double.NaN;
            }
        }

        var test = PermutationTest.Within(values, firstSeeds, seed: _options.ChanceSeed);
        return double.IsNaN(test.Statistic) ? null : test;
    }

    private static T[][] Submatrix<T>(T[][] values, int[] members) => [.. members.Select(i => members.Select(j => values[i][j]).ToArray())];
}
