using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>Queries, keys and values of a table of input rows, forward and backward.</summary>
internal sealed class AttentionProjections
{
    private readonly BlockParameters _weights;
    private readonly BlockParameters? _gradients;
    private readonly Workers _workers;
    private readonly RowGather _gather;
    private readonly float _scale;
    private readonly int _width;

    // Keys and values side by side: one product makes both.
    private readonly Matrix _keyValueWeights;
    private readonly Matrix _queryWeights;
    private readonly float[] _keyValueBias;
    private readonly GrowingMatrix _keyValueMemory = new();
    private readonly GrowingMatrix _queryMemory = new();
    private readonly GrowingMatrix _keyValueGradientMemory = new();
    private readonly GrowingMatrix _queryGradientMemory = new();
    private LayerPlan _plan = null!;
    private Matrix _keysValues = null!;
    private Matrix _keyValueGradient = null!;
    private Matrix _input = null!;

    public AttentionProjections(TransformerOptions options, BlockParameters weights, BlockParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _workers = workers;
        _gather = new RowGather(workers);
        _width = options.AttentionWidth;
        _scale = (float)(1 / Math.Sqrt(options.HeadWidth));
        _keyValueWeights = new Matrix(options.ModelWidth, 2 * _width);
        _queryWeights = new Matrix(options.ModelWidth, _width);
        _keyValueBias = options.HasAttentionBiases ? new float[2 * _width] : [];
    }

    /// <summary>[query rows, heads * d_head], divided by sqrt(d_head).</summary>
    public Matrix Queries { get; private set; } = null!;

    /// <summary>[input rows, heads * d_head].</summary>
    public Matrix Keys { get; private set; } = null!;

    /// <summary>[input rows, heads * d_head].</summary>
    public Matrix Values { get; private set; } = null!;

    /// <summary>Where the gradient of <see cref="Keys"/> is to be written.</summary>
    public Matrix KeyGradient { get; private set; } = null!;

    /// <summary>Where the gradient of <see cref="Values"/> is to be written.</summary>
    public Matrix ValueGradient { get; private set; } = null!;

    /// <summary>Where the gradient of <see cref="Queries"/> is to be written; <see cref="Backward"/> overwrites it.</summary>
    public Matrix QueryGradient { get; private set; } = null!;

    public void Bind(LayerPlan plan)
    {
        _plan = plan;
        Queries = _queryMemory.View(plan.QueryRows, _width);
        _keysValues = _keyValueMemory.View(plan.InputRows, 2 * _width);
        Keys = _keysValues.SliceColumns(0, _width);
        Values = _keysValues.SliceColumns(_width, _width);
        if (_gradients is not null)
        {
            QueryGradient = _queryGradientMemory.View(plan.QueryRows, _width);
            _keyValueGradient = _keyValueGradientMemory.View(plan.InputRows, 2 * _width);
            KeyGradient = _keyValueGradient.SliceColumns(0, _width);
            ValueGradient = _keyValueGradient.SliceColumns(_width, _width);
        }
    }

    /// <summary>Projects <paramref name="input"/> [input rows, d_model].</summary>
    public void Forward(Matrix input)
    {
        _input = input;
        HeadWeights.Pack(_keyValueWeights, 0, _weights.Key);
        HeadWeights.Pack(_keyValueWeights, _width, _weights.Value);
        HeadWeights.Pack(_queryWeights, 0, _weights.Query);
        _weights.KeyBias?.AsSpan().CopyTo(_keyValueBias);
        _weights.ValueBias?.AsSpan().CopyTo(_keyValueBias.AsSpan(_width));
        MatrixProduct.Multiply(_keysValues, input, _keyValueWeights, bias: _keyValueBias, workers: _workers);
        ReadOnlySpan<float> queryBias = _weights.QueryBias is null ? default : _weights.QueryBias.AsSpan();
        MatrixProduct.Multiply(Queries, QueryInput, _queryWeights, bias: queryBias, workers: _workers);
        Elementwise.Scale(Queries.AsSpan(), _scale);
    }

    /// <summary>Writes <see cref="QueryGradient"/> from the gradient of the query of each output row.</summary>
    public void SumQueryGradients(Matrix rowQueryGradient)
    {
        QueryGradient.Clear();
        _gather.AddSums(QueryGradient, rowQueryGradient, _plan.ByQuery);
    }

    /// <summary>Writes the gradients of the input and of the weights, from those of queries, keys and values.</summary>
    public void Backward(Matrix inputGradient)
    {
        var queryGradient = QueryGradient;
        Elementwise.Scale(queryGradient.AsSpan(), _scale);
        MatrixProduct.Multiply(inputGradient, _keyValueGradient, _keyValueWeights, ProductForm.ABt, workers: _workers);
        MatrixProduct.Multiply(
            inputGradient.SliceRows(_plan.QueryStart, _plan.QueryRows), queryGradient, _queryWeights, ProductForm.ABt,
            accumulate: true, workers: _workers);

        // The packed weights are not needed any more in this step: their memory takes the packed gradients.
        var gradients = _gradients!;
        MatrixProduct.Multiply(_keyValueWeights, _input, _keyValueGradient, ProductForm.AtB, workers: _workers);
        MatrixProduct.Multiply(_queryWeights, QueryInput, queryGradient, ProductForm.AtB, workers: _workers);
        HeadWeights.Unpack(gradients.Key, _keyValueWeights, 0);
        HeadWeights.Unpack(gradients.Value, _keyValueWeights, _width);
        HeadWeights.Unpack(gradients.Query, _queryWeights, 0);
        if (gradients.QueryBias is not null)
        {
            Reductions.ColumnSums(gradients.QueryBias.AsSpan(), queryGradient, workers: _workers);
            Reductions.ColumnSums(gradients.KeyBias!.AsSpan(), KeyGradient, workers: _workers);
            Reductions.ColumnSums(gradients.ValueBias!.AsSpan(), ValueGradient, workers: _workers);
        }
    }

    private Matrix QueryInput => _input.SliceRows(_plan.QueryStart, _plan.QueryRows);
}
