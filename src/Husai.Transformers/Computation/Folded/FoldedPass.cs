using Husai.Numerics;

namespace Husai.Transformers;

/// <summary>
/// Forward and backward passes of a one-layer model without norms, with less than half of the multiplications: see
/// <see cref="FoldedWeights"/>. The stream behind attention is never computed, nor what the MLP adds to it; the function and its gradients
/// are those of <see cref="TransformerPass"/>, up to rounding.
/// </summary>
internal sealed class FoldedPass : ITrainingPass
{
    private readonly TransformerOptions _options;
    private readonly TransformerParameters? _gradients;
    private readonly Workers _workers;
    private readonly EmbeddingLayer _embedding;
    private readonly AttentionProjections _projections;
    private readonly AttentionScores _scores;
    private readonly FoldedWeights _folded;
    private readonly FoldedMixing _mixing;
    private readonly RowGather _gather;
    private readonly Scratch _tableMemory = new();
    private readonly Scratch _baseMemory = new();
    private readonly Scratch _mixedMemory = new();
    private readonly Scratch _hiddenMemory = new();
    private readonly Scratch _tableGradientMemory = new();
    private readonly Scratch _baseGradientMemory = new();
    private readonly Scratch _mixedGradientMemory = new();
    private readonly Scratch _rowGradientMemory = new();
    private readonly Scratch _streamGradientMemory = new();
    private LayerPlan _plan = null!;
    private Matrix _table = null!;
    private Matrix _mixed = null!;
    private Matrix _hidden = null!;

    public FoldedPass(TransformerOptions options, TransformerParameters weights, TransformerParameters? gradients, Workers workers)
    {
        _options = options;
        _gradients = gradients;
        _workers = workers;
        _embedding = new EmbeddingLayer(weights, gradients);
        _projections = new AttentionProjections(options, weights.Blocks[0], gradients?.Blocks[0], workers);
        _scores = new AttentionScores(options, workers);
        _folded = new FoldedWeights(options, weights, gradients, workers);
        _mixing = new FoldedMixing(options, _folded.Width, _scores, workers);
        _gather = new RowGather(workers);
    }

    private Matrix BeforeActivation => _mixed.SliceColumns(0, _folded.Neurons);

    private Matrix Stream => _embedding.Table.SliceRows(_plan.QueryStart, _plan.QueryRows);

    /// <summary>Whether a model can be folded.</summary>
    public static bool Applies(TransformerOptions options) => options is { Layers: 1, LayerNorm: false };

    public void Bind(SequencePlan plan)
    {
        _plan = plan.Layers[0];
        _embedding.Bind(plan);
        _projections.Bind(_plan);
        _scores.Bind(_plan, training: _gradients is not null);
        _table = _tableMemory.View(_plan.InputRows, _options.Heads * _folded.Width);
        _mixed = _mixedMemory.View(_plan.OutputRows, _folded.Width);
        _hidden = _options.Activation == "relu" ? BeforeActivation : _hiddenMemory.View(_plan.OutputRows, _folded.Neurons);
    }

    public Matrix Forward()
    {
        _embedding.Forward(hook: null);
        _projections.Forward(_embedding.Table);
        _scores.Forward(_projections.Queries, _projections.Keys);
        _folded.Fold();
        for (var head = 0; head < _options.Heads; head++)
        {
            MatrixProduct.Multiply(HeadOf(_table, head, _folded.Width), HeadOf(_projections.Values, head), OutputReaders(head), workers: _workers);
        }

        var streamPart = _baseMemory.View(_plan.QueryRows, _folded.Width);
        MatrixProduct.Multiply(streamPart, Stream, _folded.Readers, bias: _folded.Bias, workers: _workers);
        _mixing.Forward(_mixed, streamPart, _table);
        if (_options.Activation == "relu")
        {
            Relu.Forward(_hidden, _hidden, _workers);
        }
        else
        {
            Gelu.Forward(_hidden, BeforeActivation, _workers);
        }

        var logits = _mixed.SliceColumns(_folded.Neurons, _folded.Classes);
        MatrixProduct.Multiply(logits, _hidden, _folded.NeuronLogits, accumulate: true, workers: _workers);
        return logits;
    }

    public void Backward(Matrix logitGradient)
    {
        _gradients!.Embedding.Clear();
        _gradients.Positions.Clear();
        MatrixProduct.Multiply(_folded.NeuronLogitsGradient, _hidden, logitGradient, ProductForm.AtB, workers: _workers);
        var mixedGradient = MixedGradient(logitGradient);

        var tableGradient = _tableGradientMemory.View(_plan.InputRows, _options.Heads * _folded.Width);
        _mixing.Backward(tableGradient, mixedGradient);
        for (var head = 0; head < _options.Heads; head++)
        {
            var gradient = HeadOf(tableGradient, head, _folded.Width);
            MatrixProduct.Multiply(
                HeadOf(_projections.ValueGradient, head), gradient, OutputReaders(head), ProductForm.ABt, workers: _workers);
            MatrixProduct.Multiply(
                _folded.OutputReadersGradient.SliceRows(head * _options.HeadWidth, _options.HeadWidth),
                HeadOf(_projections.Values, head), gradient, ProductForm.AtB, workers: _workers);
        }

        var baseGradient = _baseGradientMemory.View(_plan.QueryRows, _folded.Width);
        baseGradient.Clear();
        _gather.AddSums(baseGradient, mixedGradient, _plan.ByQuery);
        _folded.Backward(Stream, baseGradient);

        var rowGradient = _rowGradientMemory.View(_plan.OutputRows, _options.AttentionWidth);
        _scores.Backward(rowGradient, _projections.KeyGradient);
        var inputGradient = _streamGradientMemory.View(_plan.InputRows, _options.ModelWidth);
        _projections.Backward(inputGradient, rowGradient);
        MatrixProduct.Multiply(
            inputGradient.SliceRows(_plan.QueryStart, _plan.QueryRows), baseGradient, _folded.Readers, ProductForm.ABt,
            accumulate: true, workers: _workers);
        _embedding.Backward(inputGradient);
    }

    // The gradients of neurons before their activation, and of the logits' direct part, side by side as in the forward pass.
    private Matrix MixedGradient(Matrix logitGradient)
    {
        var gradient = _mixedGradientMemory.View(_plan.OutputRows, _folded.Width);
        var used = _folded.Neurons + _folded.Classes;
        if (used < _folded.Width)
        {
            gradient.SliceColumns(used, _folded.Width - used).Clear();
        }

        _gather.Copy(gradient.SliceColumns(_folded.Neurons, _folded.Classes), logitGradient, rows: null);
        var neurons = gradient.SliceColumns(0, _folded.Neurons);
        MatrixProduct.Multiply(neurons, logitGradient, _folded.NeuronLogits, ProductForm.ABt, workers: _workers);
        if (_options.Activation == "relu")
        {
            Relu.Backward(neurons, _hidden, neurons, _workers);
        }
        else
        {
            Gelu.Backward(neurons, BeforeActivation, neurons, _workers);
        }

        return gradient;
    }

    private Matrix OutputReaders(int head) => _folded.OutputReaders.SliceRows(head * _options.HeadWidth, _options.HeadWidth);

    private Matrix HeadOf(Matrix table, int head) => HeadOf(table, head, _options.HeadWidth);

    private static Matrix HeadOf(Matrix table, int head, int width) => table.SliceColumns(head * width, width);
}
