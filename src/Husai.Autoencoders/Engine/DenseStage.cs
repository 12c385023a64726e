using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Engine;

/// <summary>Loss and gradients of a ReLU SAE by dense products, for codes of which a large share is active.</summary>
internal sealed unsafe class DenseStage(EngineSettings settings, TrainingWeights weights, BatchBuffers buffers, Workers workers)
{
    private readonly Matrix _codes = new(settings.BatchSize, weights.Latents);
    private readonly Matrix _codeGradients = new(settings.BatchSize, weights.Latents);
    private readonly PinnedBuffer<float> _columnSums = new(buffers.Blocks * weights.Latents);
    private readonly PinnedBuffer<int> _columnCounts = new(buffers.Blocks * weights.Latents);
    private readonly Matrix _scaledResidual = new(settings.BatchSize, weights.Decoder.Values.Columns);

    /// <summary><c>[latents, padded width]</c>.</summary>
    public Matrix DecoderGradients { get; } = new(weights.Latents, weights.Decoder.Values.Columns);

    /// <summary><c>[latents, padded width]</c>.</summary>
    public Matrix EncoderGradients { get; } = new(weights.Latents, weights.Decoder.Values.Columns);

    /// <summary>One for each latent.</summary>
    public float[] BiasGradients { get; } = new float[weights.Latents];

    /// <summary>Rows on which each latent fired.</summary>
    public int[] Fired { get; } = new int[weights.Latents];

    /// <summary>Computes all gradients and the block totals; returns the number of blocks of rows.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="scale">2 x reconstruction weight / rows.</param>
    /// <param name="penalty">Sparsity coefficient / rows.</param>
    public int Run(int rows, float scale, float penalty)
    {
        var centred = buffers.Centred.SliceRows(0, rows);
        var residual = buffers.Residual.SliceRows(0, rows);
        var scaled = _scaledResidual.SliceRows(0, rows);
        var codes = _codes.SliceRows(0, rows);
        var gradients = _codeGradients.SliceRows(0, rows);
        MatrixProduct.Multiply(
            codes, centred, weights.Encoder.Values, ProductForm.ABt,
            bias: weights.EncoderBias.Values.Row(0)[..weights.Latents], activation: Activation.Relu, workers: workers);
        MatrixProduct.Multiply(residual, codes, weights.Decoder.Values, workers: workers);
        var blocks = (rows + buffers.RowsPerBlock - 1) / buffers.RowsPerBlock;
        workers.For(blocks, (block, _) => TakeResiduals(block, rows, scale));
        MatrixProduct.Multiply(gradients, scaled, weights.Decoder.Values, ProductForm.ABt, workers: workers);
        workers.For(blocks, (block, _) => MaskGradients(block, rows, penalty));
        CombineSums(blocks);
        MatrixProduct.Multiply(DecoderGradients, codes, scaled, ProductForm.AtB, workers: workers);
        MatrixProduct.Multiply(EncoderGradients, gradients, centred, ProductForm.AtB, workers: workers);
        return blocks;
    }

    private void TakeResiduals(int block, int rows, float scale)
    {
        var totals = buffers.Totals[block];
        totals.Clear();
        for (var row = block * buffers.RowsPerBlock; row < Math.Min((block + 1) * buffers.RowsPerBlock, rows); row++)
        {
            var residual = Parameter.Address(buffers.Residual, row);
            totals.SquaredError += RowKernels.SubtractSquared(residual, Parameter.Address(buffers.Centred, row), weights.Decoder.Vectors);
            RowKernels.MultiplyAdd(totals.GradientSum, residual, 1, weights.Decoder.Vectors);
            var scaled = Parameter.Address(_scaledResidual, row);
            RowKernels.Copy(scaled, residual, weights.Decoder.Vectors);
            RowKernels.Scale(scaled, scale, weights.Decoder.Vectors);
        }
    }

    private void MaskGradients(int block, int rows, float penalty)
    {
        var totals = buffers.Totals[block];
        var columnSums = _columnSums.Pointer + (nint)block * weights.Latents;
        var columnCounts = _columnCounts.Pointer + (nint)block * weights.Latents;
        new Span<float>(columnSums, weights.Latents).Clear();
        new Span<int>(columnCounts, weights.Latents).Clear();
        for (var row = block * buffers.RowsPerBlock; row < Math.Min((block + 1) * buffers.RowsPerBlock, rows); row++)
        {
            totals.Active += PenalisedRelu.Backward(
                Parameter.Address(_codeGradients, row), Parameter.Address(_codes, row), penalty, weights.Latents, columnSums, columnCounts,
                out var sum);
            totals.Sparsity += sum;
        }
    }

    private void CombineSums(int blocks)
    {
        for (var latent = 0; latent < weights.Latents; latent++)
        {
            var sum = 0.0;
            var fired = 0;
            for (var block = 0; block < blocks; block++)
            {
                sum += _columnSums.Pointer[(nint)block * weights.Latents + latent];
                fired += _columnCounts.Pointer[(nint)block * weights.Latents + latent];
            }

            BiasGradients[latent] = (float)sum;
            Fired[latent] = fired;
        }
    }
}
