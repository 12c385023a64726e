using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>The final normalisation, if there is one, and the projection to logits.</summary>
internal sealed class UnembeddingLayer
{
    private readonly TransformerParameters _weights;
    private readonly TransformerParameters? _gradients;
    private readonly Workers _workers;
    private readonly NormLayer _norm;
    private readonly GrowingMatrix _logitsMemory = new();
    private readonly GrowingMatrix _gradientMemory = new();
    private readonly int _classes;
    private Matrix _input = null!;

    public UnembeddingLayer(TransformerParameters weights, TransformerParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _workers = workers;
        _norm = new NormLayer(weights.FinalNorm, gradients?.FinalNorm, workers);
        _classes = weights.TiedUnembedding.Rows;
    }

    /// <summary>The logits [rows, classes] of <paramref name="residual"/> [rows, d_model].</summary>
    public Matrix Forward(Matrix residual)
    {
        _input = _norm.Forward(residual);
        var logits = _logitsMemory.View(residual.Rows, _classes);
        ReadOnlySpan<float> bias = _weights.UnembeddingBias is null ? default : _weights.UnembeddingBias.AsSpan();
        var (matrix, form) = _weights.Unembedding is null
            ? (_weights.TiedUnembedding, ProductForm.ABt)
            : (_weights.Unembedding, ProductForm.AB);
        MatrixProduct.Multiply(logits, _input, matrix, form, bias: bias, workers: _workers);
        return logits;
    }

    /// <summary>The gradient of the residual stream; writes those of the weights, and adds to that of a tied embedding.</summary>
    public Matrix Backward(Matrix logitGradient)
    {
        var gradients = _gradients!;
        var result = _gradientMemory.View(_input.Rows, _input.Columns);
        if (gradients.Unembedding is null)
        {
            MatrixProduct.Multiply(
                gradients.TiedUnembedding, logitGradient, _input, ProductForm.AtB, accumulate: true, workers: _workers);
            MatrixProduct.Multiply(result, logitGradient, _weights.TiedUnembedding, workers: _workers);
        }
        else
        {
            MatrixProduct.Multiply(gradients.Unembedding, _input, logitGradient, ProductForm.AtB, workers: _workers);
            MatrixProduct.Multiply(result, logitGradient, _weights.Unembedding!, ProductForm.ABt, workers: _workers);
        }

        if (gradients.UnembeddingBias is not null)
        {
            Reductions.ColumnSums(gradients.UnembeddingBias.AsSpan(), logitGradient, workers: _workers);
        }

        return _norm.Exists ? _norm.Backward(result) : result;
    }
}
