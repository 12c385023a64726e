using Husai.Analysis.Geometry;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// Principal axes in bands of nearly equal variance. A rotation within the bands leaves the covariance as it is: dictionaries turned so
/// keep their geometry and the energy of every latent in every band, and lose which directions inside the bands they take.
/// </summary>
internal sealed class PrincipalAxes
{
    // Eigenvalues closer than this factor to their band's first are not told apart.
    private const double BandFactor = 1.1;

    // Eigenvalues below this share of the largest are rounding error: one band.
    private const double Negligible = 1e-9;

    private PrincipalAxes(Matrix axes, IReadOnlyList<AxisBand> bands)
    {
        Axes = axes;
        Bands = bands;
    }

    /// <summary>Unit axes, one a row, <c>[width, width]</c>, the largest variance first.</summary>
    public Matrix Axes { get; }

    /// <summary>The bands, in the order of the axes; together all axes.</summary>
    public IReadOnlyList<AxisBand> Bands { get; }

    /// <summary>Number of axes, and of coordinates of a direction.</summary>
    public int Width => Axes.Rows;

    /// <summary>
    /// Axes of activations in bands: eigenvalues within a factor 1.1 of their band's first, and those below 1e-9 of the largest in one
    /// more.
    /// </summary>
    /// <param name="activations">Covariance of the activations.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static PrincipalAxes Of(Covariance activations, Workers? workers = null) => Of(activations, BandFactor, workers);

    /// <summary>
    /// Axes in bands of another width; with a factor of 1 each axis is a band of its own, and turning is a choice of signs.
    /// </summary>
    /// <param name="moments">Covariance, or second moments.</param>
    /// <param name="bandFactor">At least 1.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    internal static PrincipalAxes Of(Covariance moments, double bandFactor, Workers? workers)
    {
        ArgumentNullException.ThrowIfNull(moments);
        var eigen = moments.Decompose(workers);
        var axes = new Matrix(moments.Width, moments.Width);
        for (var axis = 0; axis < axes.Rows; axis++)
        {
            var row = axes.Row(axis);
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (float)eigen.Vectors[axis, i];
            }
        }

        return new PrincipalAxes(axes, BandsOf(eigen.Values, bandFactor));
    }

    /// <summary>Coordinates of directions along the axes, <c>[rows, width]</c>.</summary>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public Matrix Coordinates(Matrix rows, Workers? workers = null) => Product(rows, ProductForm.ABt, workers);

    /// <summary>Directions of given coordinates along the axes, <c>[rows, width]</c>.</summary>
    /// <param name="coordinates"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public Matrix Directions(Matrix coordinates, Workers? workers = null) => Product(coordinates, ProductForm.AB, workers);

    /// <summary>Draws a rotation that is uniform (Haar) in each band; in a band of one axis it is a sign.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    public BandRotation Draw(RandomStream stream) => new(this, stream);

    private static List<AxisBand> BandsOf(double[] values, double factor)
    {
        var bands = new List<AxisBand>();
        for (var start = 0; start < values.Length;)
        {
            var isNegligible = !(values[start] > Negligible * values[0]);
            var end = start + 1;
            while (end < values.Length
                && (isNegligible || (values[end] * factor >= values[start] && factor > 1 && values[end] > Negligible * values[0])))
            {
                end++;
            }

            bands.Add(new AxisBand(start, end - start));
            start = end;
        }

        return bands;
    }

    private Matrix Product(Matrix rows, ProductForm form, Workers? workers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = new Matrix(rows.Rows, Width);
        MatrixProduct.Multiply(result, rows, Axes, form, workers: workers);
        return result;
    }
}
