using System.Runtime.InteropServices;
using Husai.Autoencoders.Activations;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Model;

namespace Husai.Worlds.Sampling;

/// <summary>
/// Samples from given values of the features: a hidden vector is <c>a D + b</c>, and a feature fires where its value a is above 0.
/// </summary>
internal sealed class StoredSamples : IKnownSamples
{
    private readonly float[] _bias;
    private readonly IActivationSource _values;

    /// <summary>Samples from arrays.</summary>
    /// <param name="dictionary"><c>[features, width]</c>, D; kept, not copied.</param>
    /// <param name="values"><c>[samples, features]</c>, a; read when samples are.</param>
    /// <param name="bias">b, of one coordinate each; zeros where it is empty.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names both.</exception>
    public StoredSamples(Matrix dictionary, IActivationSource values, ReadOnlySpan<float> bias = default)
    {
        ArgumentNullException.ThrowIfNull(dictionary);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Width != dictionary.Rows)
        {
            throw new ArgumentException(
                $"the features' values are [{values.Rows}, {values.Width}] and the dictionary {dictionary.Shape}: a column of values is "
                    + "needed for each row of the dictionary",
                nameof(values));
        }

        if (bias.Length != 0 && bias.Length != dictionary.Columns)
        {
            throw new ArgumentException($"a bias of {bias.Length} values for the dictionary {dictionary.Shape}", nameof(bias));
        }

        (Dictionary, Trees, _values) = (dictionary, FeatureTrees.None(dictionary.Rows), values);
        _bias = bias.Length == 0 ? new float[dictionary.Columns] : bias.ToArray();
    }

    /// <inheritdoc/>
    public Matrix Dictionary { get; }

    /// <inheritdoc/>
    public FeatureTrees Trees { get; }

    /// <summary>Number of samples.</summary>
    public int Rows => _values.Rows;

    /// <inheritdoc/>
    /// <exception cref="NonFiniteActivationsException">A value is not finite.</exception>
    public int[][] Read(int first, Matrix hidden, Workers workers)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentOutOfRangeException.ThrowIfNotEqual(hidden.Columns, Dictionary.Columns, nameof(hidden));
        int[] rows = [.. Enumerable.Range(first, hidden.Rows)];
        var values = new Matrix(hidden.Rows, Dictionary.Rows);
        _values.CopyRows(rows, values);
        NonFiniteActivationsException.ThrowIfAny(values, rows);
        var firing = new int[hidden.Rows][];
        RowBlocks.For(hidden.Rows, values.Columns, workers, (start, end) =>
        {
            var (features, magnitudes) = (new List<int>(), new List<float>());
            for (var row = start; row < end; row++)
            {
                features.Clear();
                magnitudes.Clear();
                for (var feature = 0; feature < values.Columns; feature++)
                {
                    if (values[row, feature] != 0)
                    {
                        features.Add(feature);
                        magnitudes.Add(values[row, feature]);
                    }
                }

                _bias.CopyTo(hidden.Row(row));
                DirectionSum.Add(
                    hidden.Row(row), Dictionary, CollectionsMarshal.AsSpan(features), CollectionsMarshal.AsSpan(magnitudes));
                firing[row] = [.. features.Where((_, index) => magnitudes[index] > 0)];
            }
        });
        return firing;
    }
}
