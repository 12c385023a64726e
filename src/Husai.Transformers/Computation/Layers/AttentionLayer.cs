using Husai.Numerics;

namespace Husai.Transformers;

/// <summary>Causal multi-head attention over a table of input rows.</summary>
internal sealed class AttentionLayer
{
    private readonly BlockParameters _weights;
    private readonly BlockParameters? _gradients;
    private readonly Workers _workers;
    private readonly AttentionPattern _attention;
    private readonly RowGather _gather;
    private readonly float _scale;
    private readonly int _width;

    // Keys and values side by side: one product makes both.
    private readonly Matrix _keyValueWeights;
    private readonly Matrix _queryWeights;
    private readonly float[] _keyValueBias;
    private readonly Scratch _keyValueMemory = new();
    private readonly Scratch _queryMemory = new();
    private readonly Scratch _mixedMemory = new();
    private readonly Scratch _keyValueGradientMemory = new();
    private readonly Scratch _queryGradientMemory = new();
    private readonly Scratch _rowGradientMemory = new();
    private readonly Scratch _mixedGradientMemory = new();
    private LayerPlan _plan = null!;
    private Matrix _keysValues = null!;
    private Matrix _queries = null!;
    private Matrix _mixed = null!;

    public AttentionLayer(TransformerOptions options, BlockParameters weights, BlockParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _workers = workers;
        _attention = new AttentionPattern(options, workers);
        _gather = new RowGather(workers);
        _width = options.AttentionWidth;
        _scale = (float)(1 / Math.Sqrt(options.HeadWidth));
        _keyValueWeights = new Matrix(options.ModelWidth, 2 * _width);
        _queryWeights = new Matrix(options.ModelWidth, _width);
        _keyValueBias = options.HasAttentionBiases ? new float[2 * _width] : [];
    }

    public void Bind(LayerPlan plan)
    {
        _plan = plan;
        _attention.Bind(plan, training: _gradients is not null);
        _keysValues = _keyValueMemory.View(plan.InputRows, 2 * _width);
        _queries = _queryMemory.View(plan.QueryRows, _width);
        _mixed = _mixedMemory.View(plan.OutputRows, _width);
    }

    /// <summary>Attends from <paramref name="input"/> [input rows, d_model]; <see cref="Project"/> gives the result.</summary>
    public void Attend(Matrix input)
    {
        HeadWeights.Pack(_keyValueWeights, 0, _weights.Key);
        HeadWeights.Pack(_keyValueWeights, _width, _weights.Value);
        HeadWeights.Pack(_queryWeights, 0, _weights.Query);
        _weights.KeyBias?.AsSpan().CopyTo(_keyValueBias);
        _weights.ValueBias?.AsSpan().CopyTo(_keyValueBias.AsSpan(_width));

        MatrixProduct.Multiply(_keysValues, input, _keyValueWeights, bias: _keyValueBias, workers: _workers);
        MatrixProduct.Multiply(
            _queries, input.SliceRows(_plan.QueryStart, _plan.QueryRows), _queryWeights, bias: Bias(_weights.QueryBias), workers: _workers);
        Elementwise.Scale(_queries.AsSpan(), _scale);
        _attention.Forward(_mixed, _queries, _keysValues);
    }

    /// <summary>Writes attention's output [output rows, d_model], or adds it.</summary>
    public void Project(Matrix output, bool accumulate) => MatrixProduct.Multiply(
        output, _mixed, _weights.Output, accumulate: accumulate, bias: Bias(_weights.OutputBias), workers: _workers);

    /// <summary>Writes the gradient of the input and of the weights.</summary>
    public void Backward(Matrix inputGradient, Matrix outputGradient, Matrix input)
    {
        var gradients = _gradients!;
        MatrixProduct.Multiply(gradients.Output, _mixed, outputGradient, ProductForm.AtB, workers: _workers);
        SumColumns(gradients.OutputBias, outputGradient);
        var mixedGradient = _mixedGradientMemory.View(_plan.OutputRows, _width);
        MatrixProduct.Multiply(mixedGradient, outputGradient, _weights.Output, ProductForm.ABt, workers: _workers);

        var rowGradient = _rowGradientMemory.View(_plan.OutputRows, _width);
        var keyValueGradient = _keyValueGradientMemory.View(_plan.InputRows, 2 * _width);
        _attention.Backward(rowGradient, keyValueGradient, mixedGradient);

        var queryGradient = _queryGradientMemory.View(_plan.QueryRows, _width);
        queryGradient.Clear();
        _gather.AddSums(queryGradient, rowGradient, _plan.ByQuery);
        Elementwise.Scale(queryGradient.AsSpan(), _scale);

        MatrixProduct.Multiply(inputGradient, keyValueGradient, _keyValueWeights, ProductForm.ABt, workers: _workers);
        MatrixProduct.Multiply(
            inputGradient.SliceRows(_plan.QueryStart, _plan.QueryRows), queryGradient, _queryWeights, ProductForm.ABt,
            accumulate: true, workers: _workers);
        WeightGradients(gradients, input, keyValueGradient, queryGradient);
    }

    // The packed weights are not needed any more in this step: their memory takes the packed gradients.
    private void WeightGradients(BlockParameters gradients, Matrix input, Matrix keyValueGradient, Matrix queryGradient)
    {
        MatrixProduct.Multiply(_keyValueWeights, input, keyValueGradient, ProductForm.AtB, workers: _workers);
        MatrixProduct.Multiply(
            _queryWeights, input.SliceRows(_plan.QueryStart, _plan.QueryRows), queryGradient, ProductForm.AtB, workers: _workers);
        HeadWeights.Unpack(gradients.Key, _keyValueWeights, 0);
        HeadWeights.Unpack(gradients.Value, _keyValueWeights, _width);
        HeadWeights.Unpack(gradients.Query, _queryWeights, 0);
        SumColumns(gradients.QueryBias, queryGradient);
        SumColumns(gradients.KeyBias, keyValueGradient.SliceColumns(0, _width));
        SumColumns(gradients.ValueBias, keyValueGradient.SliceColumns(_width, _width));
    }

    private void SumColumns(Matrix? biasGradient, Matrix gradient)
    {
        if (biasGradient is not null)
        {
            Reductions.ColumnSums(biasGradient.AsSpan(), gradient, workers: _workers);
        }
    }

    private static ReadOnlySpan<float> Bias(Matrix? bias) => bias is null ? default : bias.AsSpan();
}
