using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Engine;

/// <summary>Loss and gradients by dense products, for codes of which a large share is active.</summary>
internal sealed unsafe class DenseStage
{
    private readonly DenseCode _code;
    private readonly TrainingWeights _weights;
    private readonly BatchBuffers _buffers;
    private readonly Workers _workers;
    private readonly Matrix _codes;
    private readonly Matrix _codeGradients;
    private readonly Matrix _preActivations;
    private readonly Matrix? _gateGradients;
    private readonly PinnedBuffer<float>[] _columnSums;
    private readonly PinnedBuffer<int> _columnCounts;
    private readonly Matrix _scaledResidual;

    public DenseStage(EngineSettings settings, DenseCode code, TrainingWeights weights, BatchBuffers buffers, Workers workers)
    {
        _code = code;
        _weights = weights;
        _buffers = buffers;
        _workers = workers;
        _codes = new Matrix(settings.BatchSize, weights.Latents);
        _codeGradients = new Matrix(settings.BatchSize, weights.Latents);
        _preActivations = code.IsRelu ? _codes : new Matrix(settings.BatchSize, weights.Latents);
        _gateGradients = code.HasGates ? new Matrix(settings.BatchSize, weights.Latents) : null;
        _columnSums =
        [
            .. Enumerable.Range(0, code.KeepsOwnSums ? 3 : 1).Select(_ => new PinnedBuffer<float>(buffers.Blocks * weights.Latents)),
        ];
        _columnCounts = new PinnedBuffer<int>(buffers.Blocks * weights.Latents);
        _scaledResidual = new Matrix(settings.BatchSize, weights.Decoder.Values.Columns);
        DecoderGradients = new Matrix(weights.Latents, weights.Decoder.Values.Columns);
        EncoderGradients = new Matrix(weights.Latents, weights.Decoder.Values.Columns);
        Sums = [.. Enumerable.Range(0, 3).Select(_ => new float[weights.Latents])];
        Fired = new int[weights.Latents];
    }

    /// <summary><c>[latents, padded width]</c>.</summary>
    public Matrix DecoderGradients { get; }

    /// <summary><c>[latents, padded width]</c>.</summary>
    public Matrix EncoderGradients { get; }

    /// <summary>For each latent the sums over rows that <see cref="Architectures.LatentSums"/> has: gradients, first, second.</summary>
    public float[][] Sums { get; }

    /// <summary>Rows on which each latent fired.</summary>
    public int[] Fired { get; }

    /// <summary>Computes all gradients and the block totals; returns the number of blocks of rows.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="scale">2 x reconstruction weight / rows.</param>
    /// <param name="penalty">Sparsity coefficient / rows.</param>
    public int Run(int rows, float scale, float penalty)
    {
        var centred = _buffers.Centred.SliceRows(0, rows);
        var residual = _buffers.Residual.SliceRows(0, rows);
        var scaled = _scaledResidual.SliceRows(0, rows);
        var codes = _codes.SliceRows(0, rows);
        var preActivations = _preActivations.SliceRows(0, rows);
        var gradients = _codeGradients.SliceRows(0, rows);
        var blocks = (rows + _buffers.RowsPerBlock - 1) / _buffers.RowsPerBlock;
        MatrixProduct.Multiply(
            preActivations, centred, _weights.Encoder.Values, ProductForm.ABt,
            bias: _weights.EncoderBias.Values.Row(0)[.._weights.Latents],
            activation: _code.IsRelu || _code.HasGates ? Activation.Relu : Activation.None, workers: _workers);
        if (!_code.IsRelu)
        {
            ForRows(blocks, rows, row => _code.Activate(Parameter.Address(_preActivations, row), Parameter.Address(_codes, row)));
        }

        MatrixProduct.Multiply(residual, codes, _weights.Decoder.Values, workers: _workers);
        _workers.For(blocks, (block, _) => TakeResiduals(block, rows, scale));
        MatrixProduct.Multiply(gradients, scaled, _weights.Decoder.Values, ProductForm.ABt, workers: _workers);
        MatrixProduct.Multiply(DecoderGradients, codes, scaled, ProductForm.AtB, workers: _workers);
        if (_gateGradients is not null)
        {
            // Through a decoder that does not learn from it. The code's residuals are no longer needed.
            MatrixProduct.Multiply(residual, preActivations, _weights.Decoder.Values, workers: _workers);
            _workers.For(blocks, (block, _) => TakeGateResiduals(block, rows, scale));
            MatrixProduct.Multiply(
                _gateGradients.SliceRows(0, rows), scaled, _weights.Decoder.Values, ProductForm.ABt, workers: _workers);
        }

        _workers.For(blocks, (block, _) => PassBack(block, rows, penalty));
        CombineSums(blocks);
        MatrixProduct.Multiply(EncoderGradients, gradients, centred, ProductForm.AtB, workers: _workers);
        return blocks;
    }

    private int EndOf(int block, int rows) => Math.Min((block + 1) * _buffers.RowsPerBlock, rows);

    private void ForRows(int blocks, int rows, Action<int> body) => _workers.For(blocks, (block, _) =>
    {
        for (var row = block * _buffers.RowsPerBlock; row < EndOf(block, rows); row++)
        {
            body(row);
        }
    });

    private void TakeResiduals(int block, int rows, float scale)
    {
        var totals = _buffers.Totals[block];
        totals.Clear();
        for (var row = block * _buffers.RowsPerBlock; row < EndOf(block, rows); row++)
        {
            totals.SquaredError += TakeResidual(row, scale, out var residual);
            RowKernels.MultiplyAdd(totals.GradientSum, residual, 1, _weights.Decoder.Vectors);
        }
    }

    private void TakeGateResiduals(int block, int rows, float scale)
    {
        for (var row = block * _buffers.RowsPerBlock; row < EndOf(block, rows); row++)
        {
            _buffers.Totals[block].Other += TakeResidual(row, scale, out _);
        }
    }

    private double TakeResidual(int row, float scale, out float* residual)
    {
        residual = Parameter.Address(_buffers.Residual, row);
        var squaredError = RowKernels.SubtractSquared(residual, Parameter.Address(_buffers.Centred, row), _weights.Decoder.Vectors);
        var scaled = Parameter.Address(_scaledResidual, row);
        RowKernels.Copy(scaled, residual, _weights.Decoder.Vectors);
        RowKernels.Scale(scaled, scale, _weights.Decoder.Vectors);
        return squaredError;
    }

    private void PassBack(int block, int rows, float penalty)
    {
        var totals = _buffers.Totals[block];
        var offset = (nint)block * _weights.Latents;
        var columns = new CodeColumnSums(
            _columnSums[0].Pointer + offset, _columnCounts.Pointer + offset, Extra(1), Extra(2));
        foreach (var sums in _columnSums)
        {
            new Span<float>(sums.Pointer + offset, _weights.Latents).Clear();
        }

        new Span<int>(columns.Fired, _weights.Latents).Clear();
        for (var row = block * _buffers.RowsPerBlock; row < EndOf(block, rows); row++)
        {
            totals.Active += _code.Backward(
                new DenseRow
                {
                    Gradients = Parameter.Address(_codeGradients, row),
                    GateGradients = _gateGradients is null ? null : Parameter.Address(_gateGradients, row),
                    PreActivations = Parameter.Address(_preActivations, row),
                    Codes = Parameter.Address(_codes, row),
                    Penalty = penalty,
                },
                columns, out var sparsity);
            totals.Sparsity += sparsity;
        }

        float* Extra(int number) => _columnSums.Length > 1 ? _columnSums[number].Pointer + offset : null;
    }

    private void CombineSums(int blocks)
    {
        for (var number = 0; number < _columnSums.Length; number++)
        {
            for (var latent = 0; latent < _weights.Latents; latent++)
            {
                var sum = 0.0;
                for (var block = 0; block < blocks; block++)
                {
                    sum += _columnSums[number].Pointer[(nint)block * _weights.Latents + latent];
                }

                Sums[number][latent] = (float)sum;
            }
        }

        for (var latent = 0; latent < _weights.Latents; latent++)
        {
            Fired[latent] = 0;
            for (var block = 0; block < blocks; block++)
            {
                Fired[latent] += _columnCounts.Pointer[(nint)block * _weights.Latents + latent];
            }
        }
    }
}
