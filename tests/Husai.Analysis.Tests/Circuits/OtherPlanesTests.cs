using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

public sealed class OtherPlanesTests
{
    private const int Width = 24;
    private static readonly Matrix Span = RandomDirections.Orthonormal(6, Width, new RandomStream(1, "test.span"));
    private static readonly Matrix[] Planes = [Span.SliceRows(0, 2), Span.SliceRows(2, 2), Span.SliceRows(4, 2)];

    [Fact]
    public void The_level_of_orthogonal_planes_is_the_closed_form()
    {
        // Directions spread evenly over the span: H_3 / 3 whichever planes are taken.
        var directions = Within(Span, 2000);
        var overlaps = new OtherPlanes(Planes, 200, seed: 0, workers: null).Overlaps(directions, null);
        Assert.Equal(IsotropicEnergy.BestWithinPlanes(3), overlaps.Average(), 0.01);
        Assert.Equal(PlaneEnergies.Of(Planes, directions).BestEnergies.Average(), overlaps.Average(), 0.02);
    }

    [Fact]
    public void The_p_of_directions_that_know_no_plane_is_uniform_and_their_kappa_zero()
    {
        // A dictionary of few directions has an overlap that varies much: each is one draw from the null.
        const int dictionaries = 200;
        var others = new OtherPlanes(Planes, 99, seed: 0, workers: null);
        var choices = Enumerable.Range(0, dictionaries).Select(draw =>
        {
            var directions = Within(Turned(draw), 12);
            return PlaneChoice.Of(PlaneEnergies.Of(Planes, directions).BestEnergies.Average(), others.Overlaps(directions, null));
        }).ToArray();
        Assert.InRange(choices.Count(choice => choice.P <= 0.1), 6, 36);
        Assert.InRange(choices.Count(choice => choice.P <= 0.5), 75, 125);
        Assert.Equal(0, choices.Average(choice => choice.Kappa), 0.02);
    }

    [Fact]
    public void Directions_outside_the_span_do_not_count()
    {
        // Half of the energy outside: overlap and level both halve, and p stays.
        var inside = Within(Span, 50);
        var mixed = inside.Clone();
        var outside = RandomDirections.Isotropic(50, Width, new RandomStream(4, "test.outside"));
        for (var row = 0; row < mixed.Rows; row++)
        {
            var rest = outside.Row(row).ToArray();
            for (var basis = 0; basis < Span.Rows; basis++)
            {
                var along = Reductions.Dot(outside.Row(row), Span.Row(basis));
                for (var i = 0; i < rest.Length; i++)
                {
                    rest[i] -= (float)along * Span[basis, i];
                }
            }

            var norm = Math.Sqrt(Reductions.SumOfSquares(rest));
            for (var i = 0; i < rest.Length; i++)
            {
                mixed[row, i] += (float)(rest[i] / norm);
            }
        }

        var others = new OtherPlanes(Planes, 50, seed: 0, workers: null);
        Assert.All(
            others.Overlaps(inside, null).Zip(others.Overlaps(mixed, null)), pair => Assert.Equal(pair.First / 2, pair.Second, 1e-5));
    }

    [Fact]
    public void Planes_that_overlap_are_cut_with_their_own_ranks()
    {
        // 2 + 2 + 1 dimensions in a span of 3.
        Matrix[] overlapping = [Span.SliceRows(0, 2), Span.SliceRows(1, 2), Span.SliceRows(0, 1)];
        var others = new OtherPlanes(overlapping, 200, seed: 0, workers: null);
        Assert.Equal(3, others.Rank);
        Assert.InRange(others.Overlaps(Within(Span.SliceRows(0, 3), 500), null).Average(), 2 / 3.0, 1);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_digit()
    {
        using var two = new Workers(2);
        var directions = Within(Span, 30);
        var alone = new OtherPlanes(Planes, 40, seed: 3, workers: null);
        var both = new OtherPlanes(Planes, 40, seed: 3, two);
        Assert.Equal(alone.Overlaps(directions, null), both.Overlaps(directions, two));
        Assert.Equal(alone.Matches(directions, null), both.Matches(directions, two));
    }

    private static Matrix Within(Matrix span, int count)
    {
        var rows = new Matrix(count, Width);
        MatrixProduct.Multiply(
            rows, RandomDirections.Isotropic(count, span.Rows, new RandomStream(2, "test.within")), span, ProductForm.AB);
        return rows;
    }

    private static Matrix Turned(int draw)
    {
        var result = new Matrix(Span.Rows, Width);
        MatrixProduct.Multiply(
            result, RandomDirections.Rotation(Span.Rows, new RandomStream(3, "test.turned", (uint)draw)), Span, ProductForm.AB);
        return result;
    }
}
