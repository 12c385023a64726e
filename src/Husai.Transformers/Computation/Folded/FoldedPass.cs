using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Layers;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Computation.Folded;

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
    private readonly SharedQueryScores _scores;
    private readonly FoldedWeights _folded;
    private readonly FoldedBatch _batch;
    private readonly Matrix _streamPart;
    private readonly Matrix _streamPartGradient;
    private readonly GrowingMatrix _tableMemory = new();
    private readonly GrowingMatrix _tableGradientMemory = new();
    private readonly GrowingMatrix _inputGradientMemory = new();
    private LayerPlan _plan = null!;
    private Matrix _table = null!;

    public FoldedPass(TransformerOptions options, TransformerParameters weights, TransformerParameters? gradients, Workers workers)
    {
        _options = options;
        _gradients = gradients;
        _workers = workers;
        _embedding = new EmbeddingLayer(weights, gradients);
        _projections = new AttentionProjections(options, weights.Blocks[0], gradients?.Blocks[0], workers);
        _scores = new SharedQueryScores(options);
        _folded = new FoldedWeights(options, weights, gradients, workers);
        _batch = new FoldedBatch(options, _folded, _scores, workers);
        _streamPart = new Matrix(1, _folded.Width);
        _streamPartGradient = new Matrix(1, _folded.Width);
    }

    private Matrix Stream => _embedding.Table.SliceRows(_plan.QueryStart, 1);

    /// <summary>Whether a model can be folded: one layer, no norms, and one token at the read position whatever the input.</summary>
    public static bool Applies(TransformerOptions options, ArithmeticTask task) =>
        options is { Layers: 1, LayerNorm: false } && task.HasConstantToken(task.ReadPosition);

    /// <inheritdoc/>
    public void Bind(SequencePlan plan)
    {
        _plan = plan.Layers[0];
        if (_plan.QueryRows != 1)
        {
            throw new ArgumentException("the sequences differ in the token at which the model is read", nameof(plan));
        }

        _embedding.Bind(plan);
        _projections.Bind(_plan);
        _scores.Bind(_plan, training: _gradients is not null);
        _batch.Bind(_plan, training: _gradients is not null);
        _table = _tableMemory.View(_plan.InputRows, _options.Heads * _folded.Width);
    }

    Matrix ITrainingPass.Forward() => Forward();

    /// <summary>The logits, a row for each sequence; valid until the next pass.</summary>
    /// <param name="hidden">Receives the neurons of each sequence, [sequences, d_mlp]; may be null.</param>
    public Matrix Forward(Matrix? hidden = null)
    {
        _embedding.Forward(hook: null);
        _projections.Forward(_embedding.Table);
        _scores.Score(_projections.Queries, _projections.Keys);
        _folded.Fold();
        for (var head = 0; head < _options.Heads; head++)
        {
            MatrixProduct.Multiply(
                HeadOf(_table, head, _folded.Width), HeadOf(_projections.Values, head), OutputReaders(head), workers: _workers);
        }

        MatrixProduct.Multiply(_streamPart, Stream, _folded.Readers, bias: _folded.Bias, workers: _workers);
        return _batch.Forward(_streamPart, _table, hidden).SliceColumns(0, _folded.Classes);
    }

    /// <inheritdoc/>
    public void Backward()
    {
        _gradients!.Embedding.Clear();
        _gradients.Positions.Clear();
        var tableGradient = _tableGradientMemory.View(_plan.InputRows, _options.Heads * _folded.Width);
        _batch.Backward(_streamPart, _table, _streamPartGradient, tableGradient);
        for (var head = 0; head < _options.Heads; head++)
        {
            var gradient = HeadOf(tableGradient, head, _folded.Width);
            MatrixProduct.Multiply(
                HeadOf(_projections.ValueGradient, head), gradient, OutputReaders(head), ProductForm.ABt, workers: _workers);
            MatrixProduct.Multiply(
                _folded.OutputReadersGradient.SliceRows(head * _options.HeadWidth, _options.HeadWidth),
                HeadOf(_projections.Values, head), gradient, ProductForm.AtB, workers: _workers);
        }

        _folded.Backward(Stream, _streamPartGradient);
        _scores.Backward(_projections.Queries, _projections.Keys, _projections.QueryGradient, _projections.KeyGradient);
        var inputGradient = _inputGradientMemory.View(_plan.InputRows, _options.ModelWidth);
        _projections.Backward(inputGradient);
        MatrixProduct.Multiply(
            inputGradient.SliceRows(_plan.QueryStart, 1), _streamPartGradient, _folded.Readers, ProductForm.ABt, accumulate: true,
            workers: _workers);
        _embedding.Backward(inputGradient);
    }

    private Matrix OutputReaders(int head) => _folded.OutputReaders.SliceRows(head * _options.HeadWidth, _options.HeadWidth);

    private Matrix HeadOf(Matrix table, int head) => HeadOf(table, head, _options.HeadWidth);

    private static Matrix HeadOf(Matrix table, int head, int width) => table.SliceColumns(head * width, width);
}
