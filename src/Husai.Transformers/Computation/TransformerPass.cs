using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Computation.Layers;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation;

/// <summary>
/// Forward and backward passes of a model over one batch after another. Memory is taken once for each larger batch. A pass computes
/// only the rows of its plan: with a plan for prediction the last layer works at the read position only, and the first layer's keys and
/// values exist once for each distinct (token, position).
/// </summary>
internal sealed class TransformerPass : ITrainingPass
{
    private readonly TransformerParameters? _gradients;
    private readonly EmbeddingLayer _embedding;
    private readonly BlockPass[] _blocks;
    private readonly UnembeddingLayer _unembedding;
    private Matrix _logits = null!;
    private SequencePlan _plan = null!;

    /// <summary>Prepares passes.</summary>
    /// <param name="options">The architecture.</param>
    /// <param name="weights">The weights; read anew in each pass.</param>
    /// <param name="gradients">Receives gradients; null for passes that go forward only.</param>
    /// <param name="workers">Threads to use.</param>
    public TransformerPass(
        TransformerOptions options, TransformerParameters weights, TransformerParameters? gradients, Workers workers)
    {
        _gradients = gradients;
        _embedding = new EmbeddingLayer(weights, gradients);
        _blocks = [.. Enumerable.Range(0, options.Layers).Select(layer => new BlockPass(layer, options, weights, gradients, workers))];
        _unembedding = new UnembeddingLayer(weights, gradients, workers);
    }

    /// <summary>Chooses the batch of the passes that follow.</summary>
    public void Bind(SequencePlan plan)
    {
        _plan = plan;
        _embedding.Bind(plan);
        for (var layer = 0; layer < _blocks.Length; layer++)
        {
            _blocks[layer].Bind(plan.Layers[layer]);
        }
    }

    /// <summary>The logits, [rows of the last layer, classes]; valid until the next pass.</summary>
    public Matrix Forward(SiteHook? hook = null) => _unembedding.Forward(Stream(hook));

    Matrix ITrainingPass.Forward() => _logits = Forward();

    /// <summary>The residual stream behind the last block.</summary>
    public Matrix Stream(SiteHook? hook = null)
    {
        _embedding.Forward(hook);
        var stream = _embedding.Table;
        for (var layer = 0; layer < _blocks.Length; layer++)
        {
            if (hook is not null && hook.Replaces(ActivationSite.ResidPre, layer))
            {
                hook.Apply(stream, layer == 0 ? _plan.Embedding.Groups : _plan.Layers[layer - 1].Groups);
            }

            stream = _blocks[layer].Forward(stream, hook);
        }

        return stream;
    }

    /// <summary>The logits of a residual stream behind the last block.</summary>
    public Matrix Unembed(Matrix stream) => _unembedding.Forward(stream);

    /// <inheritdoc/>
    public void Backward()
    {
        _gradients!.Embedding.Clear();
        _gradients.Positions.Clear();
        var gradient = _unembedding.Backward(_logits);
        for (var layer = _blocks.Length - 1; layer >= 0; layer--)
        {
            gradient = _blocks[layer].Backward(gradient);
        }

        _embedding.Backward(gradient);
    }

    /// <summary>The activations of a site in the last forward pass, a row for each output row of the layer.</summary>
    public Matrix Read(ActivationSite site, int layer) => _blocks[layer].Read(site);
}
