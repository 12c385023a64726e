using Husai.Analysis.Chance;
using Husai.Analysis.Matching;
using Husai.Analysis.Matching.Candidates;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Matching;

/// <summary>The certified match against the dense solver, on rows of many shapes.</summary>
public sealed class CertifiedMatcherTests
{
    private const string Isotropic = "isotropic";
    private const string Clusters = "clusters";
    private const string Duplicates = "duplicates";
    private const string Integers = "integers";
    private const string Equal = "equal";
    private const string Planted = "planted";
    private const string FewDimensions = "few dimensions";

    private static readonly (int Rows, int Columns)[] Sizes =
        [(1, 1), (1, 9), (2, 2), (7, 20), (60, 60), (150, 400), (333, 333), (1000, 1000), (1000, 1600)];

    public static TheoryData<string, int, int, CosineMeasure> Shapes
    {
        get
        {
            var data = new TheoryData<string, int, int, CosineMeasure>();
            foreach (var shape in new[] { Isotropic, Clusters, Duplicates, Integers, Equal, Planted, FewDimensions })
            {
                foreach (var (rows, columns) in Sizes)
                {
                    data.Add(shape, rows, columns, CosineMeasure.Absolute);
                    data.Add(shape, rows, columns, CosineMeasure.Signed);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_sum_is_that_of_the_dense_solver_and_the_certificate_says_so(string shape, int rows, int columns, CosineMeasure cosine)
    {
        var (first, second) = Pair(shape, rows, columns);
        var match = CertifiedMatcher.Find(first, second, cosine);
        var certificate = match.Certificate!;

        var dense = HungarianMatcher.Find(CosineMatrix.Of(first, second, cosine, null));
        Assert.Equal(rows, match.Pairs);
        Assert.Equal(rows, match.PartnerOfRow.Distinct().Count());
        Assert.InRange(match.RowSimilarity.Sum(value => (double)value) - dense.RowSimilarity.Sum(value => (double)value), -1e-9, 1e-9);
        Assert.InRange(certificate.GapPerPair, -1e-12, 1e-12);
        Assert.InRange(certificate.LargestViolation, 0, 1e-11);
        for (var row = 0; row < rows; row++)
        {
            var cosines = CosineMatrix.Of(first.SliceRows(row, 1), second.SliceRows(match.PartnerOfRow[row], 1), cosine, null);
            Assert.Equal(cosines[0, 0], match.RowSimilarity[row]);
        }
    }

    [Fact]
    public void The_match_is_the_same_on_any_number_of_threads()
    {
        var (first, second) = Pair(Clusters, 900, 1300);
        using var workers = new Workers(5);
        var alone = CertifiedMatcher.Find(first, second, CosineMeasure.Absolute);
        var shared = CertifiedMatcher.Find(first, second, CosineMeasure.Absolute, workers);

        Assert.Equal(alone.PartnerOfRow, shared.PartnerOfRow);
        Assert.Equal(alone.RowSimilarity, shared.RowSimilarity);
        Assert.Equal(alone.Certificate, shared.Certificate);
    }

    [Fact]
    public void It_ends_where_the_caller_gives_up()
    {
        var (first, second) = Pair(Isotropic, 400, 400);
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => CertifiedMatcher.Find(
            first, second, CosineMeasure.Absolute, progress: (round, _) =>
            {
                if (round == 2)
                {
                    source.Cancel();
                }
            }, cancellation: source.Token));
    }

    private static (Matrix First, Matrix Second) Pair(string shape, int rows, int columns)
    {
        var stream = new RandomStream(11, "test.certified." + shape, (uint)(rows * 10_000 + columns));
        var width = shape == FewDimensions ? 3 : shape == Integers ? 4 : 40;
        var (first, second) = (RandomDirections.Isotropic(rows, width, stream), RandomDirections.Isotropic(columns, width, stream));
        switch (shape)
        {
            case Clusters:
                var centres = RandomDirections.Isotropic(5, width, stream);
                MoveTo(centres, first, 0.05f);
                MoveTo(centres, second, 0.05f);
                break;
            case Duplicates:
                for (var row = 0; row < columns; row++)
                {
                    first.Row(row % rows % 3 == 0 ? 0 : row % rows).CopyTo(second.Row(row));
                }

                break;
            case Integers:
                Fill(first, stream);
                Fill(second, stream);
                break;
            case Equal:
                MoveTo(first.SliceRows(0, 1).Clone(), first, 0);
                MoveTo(first.SliceRows(0, 1).Clone(), second, 0);
                break;
            case Planted:
                for (var row = 0; row < rows / 2; row++)
                {
                    for (var index = 0; index < width; index++)
                    {
                        second[columns - 1 - row, index] = 0.9f * first[row, index] + 0.4f * second[row, index];
                    }
                }

                break;
        }

        return (first, second);
    }

    private static void MoveTo(Matrix centres, Matrix rows, float spread)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            for (var index = 0; index < rows.Columns; index++)
            {
                rows[row, index] = centres[row * 7 % centres.Rows, index] + spread * rows[row, index];
            }
        }
    }

    // Few different directions, so that ties occur; never zero.
    private static void Fill(Matrix rows, RandomStream stream)
    {
        for (var row = 0; row < rows.Rows; row++)
        {
            rows[row, 0] = 1;
            for (var index = 1; index < rows.Columns; index++)
            {
                rows[row, index] = stream.NextInt32(3) - 1;
            }
        }
    }
}
