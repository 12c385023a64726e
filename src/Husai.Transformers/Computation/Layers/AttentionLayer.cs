using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>Causal multi-head attention over a table of input rows.</summary>
internal sealed class AttentionLayer
{
    private readonly BlockParameters _weights;
    private readonly BlockParameters? _gradients;
    private readonly Workers _workers;
    private readonly AttentionProjections _projections;
    private readonly AttentionScores _scores;
    private readonly ValueMixing _mixing;
    private readonly int _width;
    private readonly GrowingMatrix _mixedMemory = new();
    private readonly GrowingMatrix _rowGradientMemory = new();
    private readonly GrowingMatrix _mixedGradientMemory = new();
    private LayerPlan _plan = null!;
    private Matrix _mixed = null!;

    public AttentionLayer(TransformerOptions options, BlockParameters weights, BlockParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _workers = workers;
        _projections = new AttentionProjections(options, weights, gradients, workers);
        _scores = new AttentionScores(options, workers);
        _mixing = new ValueMixing(options, _scores, workers);
        _width = options.AttentionWidth;
    }

    public void Bind(LayerPlan plan)
    {
        _plan = plan;
        _projections.Bind(plan);
        _scores.Bind(plan, training: _gradients is not null);
        _mixed = _mixedMemory.View(plan.OutputRows, _width);
    }

    /// <summary>Attends from <paramref name="input"/> [input rows, d_model]; <see cref="Project"/> gives the result.</summary>
    public void Attend(Matrix input)
    {
        _projections.Forward(input);
        _scores.Forward(_projections.Queries, _projections.Keys);
        _mixing.Forward(_mixed, _projections.Values);
    }

    /// <summary>Writes attention's output [output rows, d_model], or adds it.</summary>
    public void Project(Matrix output, bool accumulate)
    {
        ReadOnlySpan<float> bias = _weights.OutputBias is null ? default : _weights.OutputBias.AsSpan();
        MatrixProduct.Multiply(output, _mixed, _weights.Output, accumulate: accumulate, bias: bias, workers: _workers);
    }

    /// <summary>Writes the gradients of the input and of the weights.</summary>
    public void Backward(Matrix inputGradient, Matrix outputGradient)
    {
        var gradients = _gradients!;
        MatrixProduct.Multiply(gradients.Output, _mixed, outputGradient, ProductForm.AtB, workers: _workers);
        if (gradients.OutputBias is not null)
        {
            Reductions.ColumnSums(gradients.OutputBias.AsSpan(), outputGradient, workers: _workers);
        }

        var mixedGradient = _mixedGradientMemory.View(_plan.OutputRows, _width);
        MatrixProduct.Multiply(mixedGradient, outputGradient, _weights.Output, ProductForm.ABt, workers: _workers);
        _mixing.Backward(_projections.ValueGradient, mixedGradient);
        var rowGradient = _rowGradientMemory.View(_plan.OutputRows, _width);
        _scores.Backward(rowGradient, _projections.KeyGradient);
        _projections.SumQueryGradients(rowGradient);
        _projections.Backward(inputGradient);
    }
}
