using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Folded;

/// <summary>The neurons of a chunk of the batch, and what reaches the logits past them, in the working memory of one thread.</summary>
internal sealed class FoldedNeurons(TransformerOptions options, FoldedWeights weights, FoldedMixing mixing)
{
    private readonly bool _rectifier = options.Activation == "relu";
    private readonly GrowingMatrix _mixedMemory = new();
    private readonly GrowingMatrix _hiddenMemory = new();
    private Matrix _mixed = null!;

    /// <summary>After the activation, [rows, neurons].</summary>
    public Matrix Hidden { get; private set; } = null!;

    /// <summary>What reaches the logits without them, [rows, logit width].</summary>
    public Matrix Logits => _mixed.SliceColumns(weights.Neurons, weights.LogitWidth);

    private Matrix BeforeActivation => _mixed.SliceColumns(0, weights.Neurons);

    public void Compute(Matrix streamPart, Matrix table, int first, int count)
    {
        _mixed = _mixedMemory.View(count, weights.Width);
        mixing.Forward(_mixed, streamPart.Row(0), table, first);
        if (_rectifier)
        {
            Hidden = BeforeActivation;
            Relu.Forward(Hidden, Hidden);
            return;
        }

        Hidden = _hiddenMemory.View(count, weights.Neurons);
        Gelu.Forward(Hidden, BeforeActivation);
    }

    /// <summary>Turns the gradient behind the activation into that before it.</summary>
    public void Backward(Matrix gradient)
    {
        if (_rectifier)
        {
            Relu.Backward(gradient, Hidden, gradient);
        }
        else
        {
            Gelu.Backward(gradient, BeforeActivation, gradient);
        }
    }
}
