using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// Products of weights of a one-layer model without norms. What attention adds to the stream is read by the MLP and by the
/// unembedding, both linear: W_O [W_in | W_U] takes a value straight to neurons and logits, and W_out W_U a neuron to logits.
/// </summary>
internal sealed class FoldedWeights
{
    private const int Lane = 16;

    // A product whose columns are whole panels of every instruction tier has no edges.
    private const int PanelColumns = 32;

    private readonly TransformerParameters _weights;
    private readonly TransformerParameters? _gradients;
    private readonly Workers _workers;
    private readonly BlockParameters _block;
    private readonly Matrix _readersGradient;
    private readonly Matrix _outputReadersGradient;
    private readonly Matrix _unembeddingGradient;

    public FoldedWeights(TransformerOptions options, TransformerParameters weights, TransformerParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _workers = workers;
        _block = weights.Blocks[0];
        Neurons = options.MlpWidth;
        Classes = weights.TiedUnembedding.Rows;
        LogitWidth = (Classes + PanelColumns - 1) / PanelColumns * PanelColumns;
        Width = (Neurons + LogitWidth + Lane - 1) / Lane * Lane;
        Readers = new Matrix(options.ModelWidth, Width);
        OutputReaders = new Matrix(options.AttentionWidth, Width);
        NeuronLogits = new Matrix(Neurons, LogitWidth);
        Bias = new float[Width];
        _readersGradient = new Matrix(options.ModelWidth, Width);
        _outputReadersGradient = new Matrix(options.AttentionWidth, Width);
        _unembeddingGradient = new Matrix(options.ModelWidth, Classes);
        LogitNeuronsGradient = new Matrix(LogitWidth, Neurons);
    }

    public int Neurons { get; }

    public int Classes { get; }

    /// <summary>Columns of logits: the classes, and zeros up to whole panels of a product.</summary>
    public int LogitWidth { get; }

    /// <summary>Neurons and logits together, up to a multiple of 16; what is beyond them is zero.</summary>
    public int Width { get; }

    /// <summary>[W_in | W_U], [d_model, width].</summary>
    public Matrix Readers { get; }

    /// <summary>W_O [W_in | W_U], [heads * d_head, width].</summary>
    public Matrix OutputReaders { get; }

    /// <summary>Columns of zeros at the end of a row of <see cref="Width"/>.</summary>
    public int Padding => Width - Neurons - LogitWidth;

    /// <summary>W_out W_U, [neurons, logit width].</summary>
    public Matrix NeuronLogits { get; }

    /// <summary>What all biases behind attention add to neurons and logits.</summary>
    public float[] Bias { get; }

    /// <summary>Where the gradient of <see cref="NeuronLogits"/> is to be written, transposed: [logit width, neurons].</summary>
    public Matrix LogitNeuronsGradient { get; }

    public Matrix OutputReadersGradient => _outputReadersGradient;

    private Matrix Unembedding => Readers.SliceColumns(Neurons, Classes);

    /// <summary>Folds the weights as they are now.</summary>
    public void Fold()
    {
        Readers.SliceColumns(0, Neurons).CopyFrom(_block.MlpIn);
        Unembedding.CopyFrom(_weights.Unembedding ?? _weights.TiedUnembedding.Transpose());
        MatrixProduct.Multiply(OutputReaders, _block.Output, Readers, workers: _workers);
        MatrixProduct.Multiply(NeuronLogits.SliceColumns(0, Classes), _block.MlpOut, Unembedding, workers: _workers);
        Array.Clear(Bias);
        if (_block.OutputBias is not null)
        {
            AddTimesReaders(_block.OutputBias, Bias, Readers);
            Elementwise.Add(Bias.AsSpan(Neurons, Classes), _weights.UnembeddingBias!.AsSpan());
        }

        if (_block.MlpInBias is not null)
        {
            Elementwise.Add(Bias.AsSpan(0, Neurons), _block.MlpInBias.AsSpan());
            AddTimesReaders(_block.MlpOutBias!, Bias.AsSpan(Neurons, Classes), Unembedding);
        }
    }

    /// <summary>Writes the gradients of all weights behind attention; adds to that of a tied embedding.</summary>
    /// <param name="stream">The stream that enters the block, a row for each distinct query, [query rows, d_model].</param>
    /// <param name="baseGradient">Gradient of what the stream itself adds to neurons and logits, [query rows, width].</param>
    public void Backward(Matrix stream, Matrix baseGradient)
    {
        var gradients = _gradients!;
        var block = gradients.Blocks[0];
        MatrixProduct.Multiply(_readersGradient, _block.Output, _outputReadersGradient, ProductForm.AtB, workers: _workers);
        MatrixProduct.Multiply(_readersGradient, stream, baseGradient, ProductForm.AtB, accumulate: true, workers: _workers);
        MatrixProduct.Multiply(block.Output, _outputReadersGradient, Readers, ProductForm.ABt, workers: _workers);
        var classNeurons = LogitNeuronsGradient.SliceRows(0, Classes);
        MatrixProduct.Multiply(block.MlpOut, classNeurons, Unembedding, ProductForm.AtBt, workers: _workers);
        MatrixProduct.Multiply(_unembeddingGradient, _block.MlpOut, classNeurons, ProductForm.AtBt, workers: _workers);

        var biasGradient = new float[Width];
        Reductions.ColumnSums(biasGradient, baseGradient, workers: _workers);
        BiasGradients(gradients, block, biasGradient);

        block.MlpIn.CopyFrom(_readersGradient.SliceColumns(0, Neurons));
        for (var row = 0; row < _unembeddingGradient.Rows; row++)
        {
            Elementwise.Add(_unembeddingGradient.Row(row), _readersGradient.Row(row).Slice(Neurons, Classes));
        }

        if (gradients.Unembedding is not null)
        {
            gradients.Unembedding.CopyFrom(_unembeddingGradient);
            return;
        }

        var transposed = _unembeddingGradient.Transpose();
        for (var row = 0; row < Classes; row++)
        {
            Elementwise.Add(gradients.TiedUnembedding.Row(row), transposed.Row(row));
        }
    }

    private void BiasGradients(TransformerParameters gradients, BlockParameters block, float[] biasGradient)
    {
        var logits = biasGradient.AsSpan(Neurons, Classes);
        if (block.MlpInBias is not null)
        {
            biasGradient.AsSpan(0, Neurons).CopyTo(block.MlpInBias.AsSpan());
            for (var i = 0; i < Readers.Rows; i++)
            {
                block.MlpOutBias![0, i] = RowKernels.Dot(logits, Unembedding.Row(i));
                Elementwise.MultiplyAdd(_unembeddingGradient.Row(i), logits, _block.MlpOutBias![0, i]);
            }
        }

        if (block.OutputBias is not null)
        {
            logits.CopyTo(gradients.UnembeddingBias!.AsSpan());
            for (var i = 0; i < Readers.Rows; i++)
            {
                block.OutputBias[0, i] = RowKernels.Dot(biasGradient, Readers.Row(i));
                Elementwise.MultiplyAdd(_readersGradient.Row(i), biasGradient, _block.OutputBias![0, i]);
            }
        }
    }

    private static void AddTimesReaders(Matrix vector, Span<float> result, Matrix readers)
    {
        for (var i = 0; i < readers.Rows; i++)
        {
            Elementwise.MultiplyAdd(result, readers.Row(i), vector[0, i]);
        }
    }
}
