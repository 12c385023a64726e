using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>The two-layer perceptron of a block.</summary>
internal sealed class MlpLayer
{
    private readonly BlockParameters _weights;
    private readonly BlockParameters? _gradients;
    private readonly bool _gelu;
    private readonly Workers _workers;
    private readonly GrowingMatrix _inputMemory = new();
    private readonly GrowingMatrix _hiddenMemory = new();
    private readonly GrowingMatrix _gradientMemory = new();
    private Matrix _beforeActivation = null!;

    public MlpLayer(TransformerOptions options, BlockParameters weights, BlockParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _gelu = options.Activation == "gelu";
        _workers = workers;
    }

    /// <summary>The neurons after their activation, [rows, d_mlp].</summary>
    public Matrix Hidden { get; private set; } = null!;

    public void Bind(int rows)
    {
        var neurons = _weights.MlpIn.Columns;
        Hidden = _hiddenMemory.View(rows, neurons);

        // The rectifier's gradient needs only its output; GELU's needs its input.
        _beforeActivation = _gelu && _gradients is not null ? _inputMemory.View(rows, neurons) : Hidden;
    }

    /// <summary>Computes <see cref="Hidden"/> from <paramref name="input"/> [rows, d_model].</summary>
    public void Activate(Matrix input)
    {
        ReadOnlySpan<float> bias = _weights.MlpInBias is null ? default : _weights.MlpInBias.AsSpan();
        var activation = _gelu ? Activation.None : Activation.Relu;
        MatrixProduct.Multiply(_beforeActivation, input, _weights.MlpIn, bias: bias, activation: activation, workers: _workers);
        if (_gelu)
        {
            Gelu.Forward(Hidden, _beforeActivation, _workers);
        }
    }

    /// <summary>Writes the output [rows, d_model] of <see cref="Hidden"/>, or adds it.</summary>
    public void Project(Matrix output, bool accumulate)
    {
        ReadOnlySpan<float> bias = _weights.MlpOutBias is null ? default : _weights.MlpOutBias.AsSpan();
        MatrixProduct.Multiply(output, Hidden, _weights.MlpOut, accumulate: accumulate, bias: bias, workers: _workers);
    }

    /// <summary>
    /// Writes or adds the gradient of the input, which may be <paramref name="outputGradient"/> itself, and writes those of the weights.
    /// </summary>
    public void Backward(Matrix inputGradient, bool accumulate, Matrix outputGradient, Matrix input)
    {
        var gradients = _gradients!;
        var hiddenGradient = _gradientMemory.View(Hidden.Rows, Hidden.Columns);
        MatrixProduct.Multiply(gradients.MlpOut, Hidden, outputGradient, ProductForm.AtB, workers: _workers);
        MatrixProduct.Multiply(hiddenGradient, outputGradient, _weights.MlpOut, ProductForm.ABt, workers: _workers);
        if (_gelu)
        {
            Gelu.Backward(hiddenGradient, _beforeActivation, hiddenGradient, _workers);
        }
        else
        {
            Relu.Backward(hiddenGradient, Hidden, hiddenGradient, _workers);
        }

        MatrixProduct.Multiply(gradients.MlpIn, input, hiddenGradient, ProductForm.AtB, workers: _workers);
        if (gradients.MlpInBias is not null)
        {
            Reductions.ColumnSums(gradients.MlpInBias.AsSpan(), hiddenGradient, workers: _workers);
            Reductions.ColumnSums(gradients.MlpOutBias!.AsSpan(), outputGradient, workers: _workers);
        }

        MatrixProduct.Multiply(inputGradient, hiddenGradient, _weights.MlpIn, ProductForm.ABt, accumulate, workers: _workers);
    }
}
