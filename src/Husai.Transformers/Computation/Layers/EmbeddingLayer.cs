using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Transformers.Activations;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>The table of embeddings: token plus position, a row for each distinct pair in the batch.</summary>
internal sealed class EmbeddingLayer
{
    private readonly TransformerParameters _weights;
    private readonly TransformerParameters? _gradients;
    private readonly GrowingMatrix _tableMemory = new();
    private SequencePlan _plan = null!;

    public EmbeddingLayer(TransformerParameters weights, TransformerParameters? gradients)
    {
        _weights = weights;
        _gradients = gradients;
    }

    /// <summary>[embedding rows, d_model].</summary>
    public Matrix Table { get; private set; } = null!;

    public void Bind(SequencePlan plan)
    {
        _plan = plan;
        Table = _tableMemory.View(plan.Embedding.Rows, _weights.Embedding.Columns);
    }

    public void Forward(SiteHook? hook)
    {
        for (var row = 0; row < Table.Rows; row++)
        {
            _weights.Embedding.Row(_plan.EmbeddingTokens[row]).CopyTo(Table.Row(row));
        }

        if (hook is not null && hook.Replaces(ActivationSite.Embed, 0))
        {
            hook.Apply(Table, _plan.Embedding.Groups);
        }

        for (var row = 0; row < Table.Rows; row++)
        {
            Elementwise.Add(Table.Row(row), _weights.Positions.Row(_plan.EmbeddingPositions[row]));
        }
    }

    /// <summary>Adds to the gradients of W_E and W_pos. A token has a row for each of its positions: they are added in order.</summary>
    public void Backward(Matrix tableGradient)
    {
        for (var row = 0; row < tableGradient.Rows; row++)
        {
            Elementwise.Add(_gradients!.Embedding.Row(_plan.EmbeddingTokens[row]), tableGradient.Row(row));
            Elementwise.Add(_gradients.Positions.Row(_plan.EmbeddingPositions[row]), tableGradient.Row(row));
        }
    }
}
