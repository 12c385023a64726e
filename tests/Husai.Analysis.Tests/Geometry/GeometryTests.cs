using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Geometry;

public sealed class GeometryTests
{
    [Fact]
    public void Eigenvectors_rebuild_the_matrix()
    {
        double[,] matrix = { { 4, 1, -2 }, { 1, 2, 0 }, { -2, 0, 3 } };
        var eigen = SymmetricEigen.Of(matrix);
        Assert.True(eigen.Values[0] >= eigen.Values[1] && eigen.Values[1] >= eigen.Values[2]);
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                var rebuilt = Enumerable.Range(0, 3).Sum(k => eigen.Values[k] * eigen.Vectors[k, i] * eigen.Vectors[k, j]);
                Assert.Equal(matrix[i, j], rebuilt, 1e-12);
            }
        }
    }

    [Fact]
    public void Covariance_is_that_of_the_plain_formula()
    {
        var rows = Matrix.From(new[,] { { 1f, 5f }, { 3f, 1f }, { 5f, 0f } });
        var covariance = Covariance.Of(rows);
        Assert.Equal([3.0, 2.0], covariance.Mean);
        Assert.Equal(8.0 / 3, covariance.Values[0, 0], 1e-12);
        Assert.Equal(-10.0 / 3, covariance.Values[0, 1], 1e-12);
        Assert.Equal(covariance.Values[0, 1], covariance.Values[1, 0]);
        Assert.Equal(8.0 / 3 + 14.0 / 3, covariance.Total, 1e-12);
    }

    [Fact]
    public void Equal_singular_values_have_an_effective_rank_of_their_number()
    {
        // Three orthogonal columns of equal variance among ten.
        var rows = new Matrix(6, 10);
        for (var i = 0; i < 3; i++)
        {
            rows[2 * i, i] = 1;
            rows[2 * i + 1, i] = -1;
        }

        var covariance = Covariance.Of(rows);
        Assert.Equal(3, EffectiveRank.Of(covariance), 1e-9);
        Assert.Equal(3, EffectiveRank.ParticipationRatio(covariance), 1e-9);
    }

    [Fact]
    public void Effective_rank_weighs_singular_values_and_the_participation_ratio_variances()
    {
        var rows = Matrix.From(new[,] { { 2f, 0f }, { -2f, 0f }, { 0f, 1f }, { 0f, -1f } });
        var covariance = Covariance.Of(rows);
        // sigma 2 : 1, hence shares 2/3 and 1/3; variances 4 : 1.
        var entropy = -(2.0 / 3 * Math.Log(2.0 / 3) + 1.0 / 3 * Math.Log(1.0 / 3));
        Assert.Equal(Math.Exp(entropy), EffectiveRank.Of(covariance), 1e-12);
        Assert.Equal(25.0 / 17, EffectiveRank.ParticipationRatio(covariance), 1e-12);
    }

    [Theory]
    [InlineData(24, 6)]
    [InlineData(64, 16)]
    public void Random_subspaces_overlap_by_k_over_d(int width, int dimension)
    {
        var stream = new RandomStream(21, "test.haar");
        var overlaps = Enumerable.Range(0, 60)
            .Select(_ =>
                Subspace.Overlap(
                    ToDoubles(RandomDirections.Orthonormal(dimension, width, stream)),
                    ToDoubles(RandomDirections.Orthonormal(dimension, width, stream))))
            .ToArray();
        var mean = overlaps.Average();
        var error = Math.Sqrt(overlaps.Sum(x => (x - mean) * (x - mean)) / 59 / 60);
        Assert.InRange(mean, dimension / (double)width - 4 * error, dimension / (double)width + 4 * error);
    }

    [Fact]
    public void Overlap_and_principal_cosines_of_known_planes()
    {
        double[,] first = { { 1, 0, 0, 0 }, { 0, 1, 0, 0 } };
        double[,] second = { { 1, 0, 0, 0 }, { 0, 0.6, 0.8, 0 } };
        Assert.Equal((1 + 0.36) / 2, Subspace.Overlap(first, second), 1e-12);
        Assert.Equal([1.0, 0.6], Subspace.PrincipalCosines(first, second), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_main_directions_of_a_dictionary_are_those_it_lies_in()
    {
        var stream = new RandomStream(22, "test.top");
        var basis = RandomDirections.Orthonormal(3, 12, stream);
        var rows = new Matrix(40, 12);
        var weights = new Matrix(40, 3);
        stream.FillNormal(weights.AsSpan());
        MatrixProduct.Multiply(rows, weights, basis);
        UnitRows.Normalise(rows);
        // The basis is in single precision.
        Assert.Equal(1, Subspace.Overlap(Subspace.Top(rows, 3), ToDoubles(basis)), 1e-6);
    }

    [Fact]
    public void Whitened_activations_have_unit_covariance_on_the_kept_directions()
    {
        var stream = new RandomStream(23, "test.whitening");
        var mix = new Matrix(3, 7);
        var sources = new Matrix(400, 3);
        stream.FillNormal(mix.AsSpan());
        stream.FillNormal(sources.AsSpan());
        var rows = new Matrix(400, 7);
        MatrixProduct.Multiply(rows, sources, mix);
        var whitening = Whitening.Of(Covariance.Of(rows), 0.9999999);
        Assert.Equal(3, whitening.Dimension);
        var whitened = Covariance.Of(whitening.Apply(rows));
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                Assert.Equal(i == j ? 1 : 0, whitened.Values[i, j], 1e-4);
            }
        }
    }

    [Fact]
    public void A_random_rotation_is_orthogonal()
    {
        var rotation = RandomDirections.Rotation(20, new RandomStream(24, "test.rotation"));
        var products = new Matrix(20, 20);
        MatrixProduct.Multiply(products, rotation, rotation, ProductForm.ABt);
        for (var i = 0; i < 20; i++)
        {
            for (var j = 0; j < 20; j++)
            {
                Assert.Equal(i == j ? 1 : 0, products[i, j], 1e-5);
            }
        }
    }

    private static double[,] ToDoubles(Matrix rows)
    {
        var result = new double[rows.Rows, rows.Columns];
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var j = 0; j < rows.Columns; j++)
            {
                result[i, j] = rows[i, j];
            }
        }

        return result;
    }
}
