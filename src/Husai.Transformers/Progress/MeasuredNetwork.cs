using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Progress;

/// <summary>What the progress measures look at: any network that maps pairs of numbers to logits over numbers.</summary>
internal sealed record MeasuredNetwork
{
    /// <summary>The modulus p.</summary>
    public required int Modulus { get; init; }

    /// <summary>The operation: addition or subtraction.</summary>
    public required ArithmeticOperation Operation { get; init; }

    /// <summary>The vector of each number, [p, width].</summary>
    public required Matrix Embedding { get; init; }

    /// <summary>The neurons for each input, [p², neurons].</summary>
    public required Matrix Hidden { get; init; }

    /// <summary>The map from neurons to logits, [neurons, p] (W_L of Nanda et al. 2023).</summary>
    public required Matrix NeuronLogits { get; init; }

    /// <summary>The logits for each input, [p², p].</summary>
    public required Matrix Logits { get; init; }

    /// <summary>Takes a model's last layer.</summary>
    /// <exception cref="ArgumentException">The task is neither addition nor subtraction.</exception>
    public static MeasuredNetwork Of(Transformer model, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!ProgressMeasures.Apply(model.Task))
        {
            throw new ArgumentException($"Fourier measures do not apply to {model.Task.Name}", nameof(model));
        }

        var (hidden, logits) = model.HiddenAndLogits(workers ?? Workers.Alone);
        var block = model.Parameters.Blocks[^1];
        var neuronLogits = new Matrix(block.MlpOut.Rows, model.Task.Classes);
        var (unembedding, form) = model.Parameters.Unembedding is { } own
            ? (own, ProductForm.AB)
            : (model.Parameters.TiedUnembedding, ProductForm.ABt);
        MatrixProduct.Multiply(neuronLogits, block.MlpOut, unembedding, form, workers: workers);
        return new MeasuredNetwork
        {
            Modulus = model.Task.Modulus,
            Operation = model.Task.Operation,
            Embedding = model.Parameters.Embedding.SliceRows(0, model.Task.Modulus),
            Hidden = hidden,
            NeuronLogits = neuronLogits,
            Logits = logits,
        };
    }
}
