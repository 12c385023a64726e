using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// How the directions of a dictionary lie: their second moments S = AᵀA / n, rows of length 1, about zero; and independent random
/// directions that lie the same way.
/// </summary>
internal sealed class DirectionShape
{
    /// <summary>Widest directions for which eigenvectors are always found.</summary>
    public const int LargestDecomposed = 512;

    /// <summary>
    /// Without eigenvectors the variances come from a series in S, whose error is of second order in its largest eigenvalue: it must lie
    /// below this.
    /// </summary>
    public const double LargestForSeries = 0.1;

    private const int RowsAtOnce = 96;

    // Axes of the coordinates, one a row.
    private readonly Matrix _axes;

    // What makes standard normal numbers into coordinates: one deviation each, or a lower triangular root with zeros away from its
    // diagonal.
    private readonly float[]? _deviations;
    private readonly Matrix? _root;

    private DirectionShape(Matrix axes, float[]? deviations, Matrix? root)
    {
        _axes = axes;
        _deviations = deviations;
        _root = root;
    }

    /// <summary>Number of coordinates of a drawn direction.</summary>
    public int Coordinates => _axes.Rows;

    /// <summary>Whether there is an axis for each coordinate of the space, so that nothing of it is outside them.</summary>
    public bool SpansSpace => _root is not null;

    /// <summary>Finds the shape of directions.</summary>
    /// <param name="rows"><c>[rows, width]</c> of any positive lengths.</param>
    /// <param name="workers">Threads to use.</param>
    public static DirectionShape Of(Matrix rows, Workers? workers)
    {
        var unit = UnitRows.Of(rows, workers);
        if (unit.Rows < unit.Columns)
        {
            return FromGram(unit, workers);
        }

        var moments = SecondMoments.Of(unit, workers);
        return unit.Columns > LargestDecomposed && SecondMoments.LargestIsBelow(moments, LargestForSeries)
            ? FromSeries(moments, workers)
            : FromEigen(SymmetricEigen.Of(moments, workers));
    }

    /// <summary>Draws directions in the space.</summary>
    /// <returns><c>[count, width]</c>, unit rows.</returns>
    public Matrix Draw(int count, RandomStream stream, Workers? workers)
    {
        var coordinates = new Matrix(count, Coordinates);
        Fill(coordinates, stream, workers);
        return ToSpace(coordinates, workers);
    }

    /// <summary>Fills rows with the coordinates of drawn directions.</summary>
    /// <param name="coordinates"><c>[rows, coordinates]</c>.</param>
    /// <param name="stream">Where the random numbers come from.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="ofLengthOne">Whether to scale them to length 1: cosines do not ask for it.</param>
    public void Fill(Matrix coordinates, RandomStream stream, Workers? workers, bool ofLengthOne = true)
    {
        workers ??= Workers.Alone;
        var start = stream.Position;
        var wordsPerRow = (ulong)coordinates.Columns * RandomStream.WordsPerNormal;
        var memory = new Matrix?[workers.Threads];
        // A few rows at a time, which one thread takes from random numbers to directions in its cache.
        workers.For(RowBlocks.Count(coordinates.Rows, RowsAtOnce), (block, thread) =>
        {
            var first = block * RowsAtOnce;
            var rows = coordinates.SliceRows(first, Math.Min(RowsAtOnce, coordinates.Rows - first));
            var normal = _root is null
                ? rows
                : (memory[thread] ??= new Matrix(RowsAtOnce, coordinates.Columns)).SliceRows(0, rows.Rows);
            stream.At(start + (ulong)first * wordsPerRow).FillNormal(normal, null);
            Shape(rows, normal);
            if (ofLengthOne)
            {
                UnitRows.Normalise(rows);
            }
        });
        stream.Position = start + (ulong)coordinates.Rows * wordsPerRow;
    }

    private void Shape(Matrix rows, Matrix normal)
    {
        if (_root is not null)
        {
            TriangularProduct.MultiplyByBand(rows, normal, _root, BandedForm.Bandwidth, null);
            return;
        }

        for (var row = 0; row < rows.Rows; row++)
        {
            Elementwise.Multiply(rows.Row(row), _deviations);
        }
    }

    /// <summary>Directions of given coordinates.</summary>
    public Matrix ToSpace(Matrix coordinates, Workers? workers)
    {
        var result = new Matrix(coordinates.Rows, _axes.Columns);
        MatrixProduct.Multiply(result, coordinates, _axes, workers: workers);
        return result;
    }

    /// <summary>Inner products with the axes: what directions of the space must be multiplied by coordinates with.</summary>
    public Matrix ToCoordinates(Matrix directions, Workers? workers)
    {
        var result = new Matrix(directions.Rows, _axes.Rows);
        MatrixProduct.Multiply(result, directions, _axes, ProductForm.ABt, workers: workers);
        return result;
    }

    private static DirectionShape FromEigen(SymmetricEigen eigen)
    {
        var variances = DirectionalSpectrum.Variances(eigen.Values);
        var kept = variances.Count(variance => variance > 0);
        var axes = new Matrix(kept, eigen.Vectors.GetLength(1));
        for (var k = 0; k < kept; k++)
        {
            for (var i = 0; i < axes.Columns; i++)
            {
                axes.Row(k)[i] = (float)eigen.Vectors[k, i];
            }
        }

        return new DirectionShape(axes, Deviations(variances, kept), null);
    }

    // Fewer rows than coordinates: A Aᵀ / n has the same eigenvalues, and its eigenvectors w give the axes Aᵀ w / sqrt(n s).
    private static DirectionShape FromGram(Matrix unit, Workers? workers)
    {
        var gram = SecondMoments.OfTransposed(unit, workers);
        var eigen = SymmetricEigen.Of(gram, workers);
        var variances = DirectionalSpectrum.Variances(eigen.Values);
        var kept = variances.Count(variance => variance > 0);
        var weights = new Matrix(kept, unit.Rows);
        for (var k = 0; k < kept; k++)
        {
            var scale = 1 / Math.Sqrt(unit.Rows * eigen.Values[k]);
            for (var i = 0; i < unit.Rows; i++)
            {
                weights.Row(k)[i] = (float)(scale * eigen.Vectors[k, i]);
            }
        }

        var axes = new Matrix(kept, unit.Columns);
        MatrixProduct.Multiply(axes, weights, unit, workers: workers);
        return new DirectionShape(axes, Deviations(variances, kept), null);
    }

    // L Lᵀ = S + 2 S² - 2 tr(S²) S: the variances to second order in S.
    private static DirectionShape FromSeries(double[,] moments, Workers? workers)
    {
        var width = moments.GetLength(0);
        var single = new Matrix(width, width);
        var trace = 0.0;
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j < width; j++)
            {
                single.Row(i)[j] = (float)moments[i, j];
                trace += moments[i, j] * moments[i, j];
            }
        }

        var square = new Matrix(width, width);
        TriangularProduct.LowerHalf(square, single, single, ProductForm.AB, workers);
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                single.Row(i)[j] = single.Row(j)[i] = (float)(moments[i, j] * (1 - 2 * trace) + 2.0 * square.Row(i)[j]);
            }
        }

        // In coordinates in which the variances are a band, so that each of the many directions passes through a narrow root.
        var banded = BandedForm.Of(single, workers);
        return new DirectionShape(banded.Axes, null, Cholesky.Root(banded.Band, workers, BandedForm.Bandwidth));
    }

    private static float[] Deviations(double[] variances, int kept)
    {
        var result = new float[kept];
        for (var k = 0; k < kept; k++)
        {
            result[k] = (float)Math.Sqrt(variances[k]);
        }

        return result;
    }
}
