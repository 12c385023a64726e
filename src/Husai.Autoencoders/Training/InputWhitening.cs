using Husai.Autoencoders.Activations;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Training;

/// <summary>
/// A symmetric map W of the inputs, <c>W = U (L + r I)^(-1/2) Uᵀ</c> with the covariance <c>U L Uᵀ</c> of a sample of the training rows
/// (ZCA; Bell and Sejnowski 1997), after which all directions in which the activations vary well above r have the same variance. The ridge
/// r, a hundredth of the mean variance, keeps what hardly varies from being blown up. Weights are mapped back, so that what is saved takes
/// the activations as they are; the mean is left to the biases.
/// </summary>
internal sealed class InputWhitening
{
    /// <summary>The ridge as a share of the mean variance of a coordinate.</summary>
    public const double RidgeShare = 0.01;

    private readonly Matrix _map;
    private readonly Matrix _inverse;

    /// <summary>Finds the map.</summary>
    /// <param name="statistics">A sample of the activations.</param>
    /// <param name="workers">Threads to use.</param>
    /// <exception cref="ArgumentException">The activations do not vary.</exception>
    public InputWhitening(ActivationStatistics statistics, Workers workers)
    {
        if (!(statistics.Variance > 0))
        {
            throw new ArgumentException("the activations do not vary: input_scaling cannot be whiten", nameof(statistics));
        }

        var eigen = statistics.PrincipalDirections(workers);
        var ridge = RidgeShare * statistics.Variance / statistics.Mean.Length;
        var roots = Array.ConvertAll(eigen.Values, value => Math.Sqrt(Math.Max(value, 0) + ridge));
        _map = Symmetric(eigen.Vectors, Array.ConvertAll(roots, root => 1 / root));
        _inverse = Symmetric(eigen.Vectors, roots);
    }

    /// <summary>Maps rows of activations.</summary>
    /// <param name="result"><c>[rows, width]</c>.</param>
    /// <param name="rows"><c>[rows, width]</c>.</param>
    public void Map(Matrix result, Matrix rows) => MatrixProduct.Multiply(result, rows, _map);

    /// <summary>Encoder rows that act on the activations as the given ones act on mapped activations.</summary>
    public Matrix EncoderBack(Matrix encoder) => Times(encoder, _map);

    /// <summary>Decoder rows that write activations where the given ones write mapped activations; their lengths differ.</summary>
    public Matrix DecoderBack(Matrix decoder) => Times(decoder, _inverse);

    private static Matrix Times(Matrix rows, Matrix map)
    {
        var result = new Matrix(rows.Rows, rows.Columns);
        MatrixProduct.Multiply(result, rows, map);
        return result;
    }

    // U diag(factors) Uᵀ, with the vectors as rows.
    private static Matrix Symmetric(double[,] vectors, double[] factors)
    {
        var width = factors.Length;
        var result = new Matrix(width, width);
        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = 0.0;
                for (var index = 0; index < width; index++)
                {
                    sum += factors[index] * vectors[index, row] * vectors[index, column];
                }

                result[row, column] = result[column, row] = (float)sum;
            }
        }

        return result;
    }
}
