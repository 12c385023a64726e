using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Progress;

/// <summary>
/// How far a network has become the Fourier algorithm for modular addition: the progress measures of Nanda et al. 2023 (sections 4 and
/// 5, appendix C), for addition and, with a - b in the place of a + b, for subtraction.
/// </summary>
internal sealed record ProgressMeasures
{
    /// <summary>Frequencies that hold more than 2% of the power of the logits' sum directions.</summary>
    public required IReadOnlyList<int> KeyFrequencies { get; init; }

    /// <summary>Share of the embedding's power, its mean apart, at the key frequencies.</summary>
    public required double EmbeddingKeyShare { get; init; }

    /// <summary>
    /// Share of the logits' power, their mean over the inputs apart, in cos and sin of w_k(a + b) at the key frequencies.
    /// </summary>
    public required double LogitSumShare { get; init; }

    /// <summary>
    /// Share of the logits' power, their mean over the inputs apart, that is a sum of cos(w_k(a + b - c)) over the key frequencies.
    /// </summary>
    public required double LogitCosineFve { get; init; }

    /// <summary>Loss over all inputs of the logits restricted to the key frequencies' sum directions and the mean, in nats.</summary>
    public required double RestrictedLoss { get; init; }

    /// <summary>Loss over the training inputs of the logits without the key frequencies' sum directions, in nats.</summary>
    public required double ExcludedLoss { get; init; }

    /// <summary>Share of the last layer's neurons of which at least 85% of the variance lies at one frequency.</summary>
    public required double NeuronsSingleFrequency { get; init; }

    /// <summary>Number of those neurons at each frequency, by frequency from 1 on.</summary>
    public required IReadOnlyList<int> NeuronsByFrequency { get; init; }

    /// <summary>Gini coefficient of the norms of the embedding's Fourier components.</summary>
    public required double EmbeddingGini { get; init; }

    /// <summary>Gini coefficient of the norms of the Fourier components of the map from neurons to logits.</summary>
    public required double NeuronLogitGini { get; init; }

    /// <summary>Whether the measures have a meaning for a task.</summary>
    public static bool Apply(ArithmeticTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return task.Operation is ArithmeticOperation.Addition or ArithmeticOperation.Subtraction;
    }

    /// <summary>Measures a model; null if the measures have no meaning for its task.</summary>
    public static ProgressMeasures? Of(Transformer model, DataSplit split, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(split);
        return Apply(model.Task) ? Of(MeasuredNetwork.Of(model, workers), split.Train, workers) : null;
    }

    /// <summary>Measures a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The inputs it was trained on: those of the excluded loss.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static ProgressMeasures Of(MeasuredNetwork network, ReadOnlySpan<int> train, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        workers ??= Workers.Alone;
        var p = network.Modulus;
        var basis = new FourierBasis(p);
        var sums = Sums(network);
        var logits = new LogitSpectrum(basis, network.Logits, sums);
        var neurons = new NeuronSpectrum(basis, network.Hidden, workers);
        var embedding = Components(basis, network.Embedding, ProductForm.AB, workers);
        var neuronLogits = Components(basis, network.NeuronLogits, ProductForm.ABt, workers);
        int[] classes = [.. Enumerable.Range(0, p)];
        var trainTargets = new int[train.Length];
        for (var i = 0; i < train.Length; i++)
        {
            trainTargets[i] = sums[train[i]];
        }

        return new ProgressMeasures
        {
            KeyFrequencies = logits.KeyFrequencies,
            EmbeddingKeyShare = KeyShare(embedding, logits.KeyFrequencies),
            LogitSumShare = logits.SumShare,
            LogitCosineFve = logits.CosineShare,
            RestrictedLoss = CrossEntropy.Forward(logits.Restricted(), classes, [], workers),
            ExcludedLoss = train.IsEmpty
                ? double.NaN
                : CrossEntropy.Forward(logits.Excluded(network.Logits, sums, train), trainTargets, [], workers),
            NeuronsSingleFrequency = neurons.SingleFrequency,
            NeuronsByFrequency = [.. Enumerable.Range(1, basis.Frequencies).Select(k => neurons.Frequencies
                .Where((frequency, i) => frequency == k && neurons.Shares[i] >= NeuronSpectrum.SingleFrequencyShare).Count())],
            EmbeddingGini = Gini([.. embedding.Select(Math.Sqrt)]),
            NeuronLogitGini = Gini([.. neuronLogits.Select(Math.Sqrt)]),
        };
    }

    /// <summary>The Gini coefficient of non-negative values: 0 if all are equal, near 1 if one has everything.</summary>
    internal static double Gini(double[] values)
    {
        Array.Sort(values);
        var (weighted, sum) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            weighted += (2 * (i + 1) - values.Length - 1) * values[i];
            sum += values[i];
        }

        return sum > 0 ? weighted / (values.Length * sum) : 0;
    }

    private static int[] Sums(MeasuredNetwork network)
    {
        var p = network.Modulus;
        var sums = new int[p * p];
        for (var input = 0; input < sums.Length; input++)
        {
            sums[input] = network.Operation.Apply(input / p, input % p, p);
        }

        return sums;
    }

    // Squared norm of each Fourier component but the constant one, of functions of a number: along the rows, or the columns.
    private static double[] Components(FourierBasis basis, Matrix functions, ProductForm form, Workers workers)
    {
        var result = new Matrix(basis.Modulus, form == ProductForm.AB ? functions.Columns : functions.Rows);
        MatrixProduct.Multiply(result, basis.Rows, functions, form, workers: workers);
        var powers = new double[basis.Modulus];
        Reductions.RowSumsOfSquares(powers, result, workers);
        return powers[1..];
    }

    private static double KeyShare(double[] powers, int[] frequencies)
    {
        var total = powers.Sum();
        return total > 0 ? frequencies.Sum(k => powers[2 * k - 2] + powers[2 * k - 1]) / total : 0;
    }
}
