using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>
/// Second half of a step: latent by latent, the gradients of its decoder and encoder rows are gathered, the decoder's is projected, Adam
/// steps, and the decoder row is brought back to length 1, all while the rows are in cache.
/// </summary>
internal sealed unsafe class UpdateStage
{
    private const int LatentsPerBlock = 32;
    private readonly EngineSettings _settings;
    private readonly TrainingWeights _weights;
    private readonly TrainingArchitecture _architecture;
    private readonly BatchBuffers _buffers;
    private readonly Workers _workers;
    private readonly int _blocks;
    private readonly Matrix _biasParts;
    private readonly Matrix[] _scratch;

    public UpdateStage(
        EngineSettings settings, TrainingWeights weights, TrainingArchitecture architecture, BatchBuffers buffers, Workers workers)
    {
        _settings = settings;
        _weights = weights;
        _architecture = architecture;
        _buffers = buffers;
        _workers = workers;
        _blocks = (weights.Latents + LatentsPerBlock - 1) / LatentsPerBlock;
        _biasParts = new Matrix(_blocks, weights.Decoder.Values.Columns);
        var width = Math.Max(weights.Decoder.Values.Columns, 3 * LatentsPerBlock);
        _scratch = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(3, width))];
    }

    /// <summary>Gathers gradients from entries and updates all parameters but the decoder bias.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="entries">Active entries.</param>
    /// <param name="auxiliary">Entries of dead latents that reconstruct the residual; null for none.</param>
    /// <param name="penalty">Slope of the sparsity penalty / rows.</param>
    /// <param name="adam">The optimiser's step.</param>
    public void Run(int rows, LatentEntries entries, LatentEntries? auxiliary, double penalty, AdamStep adam) =>
        _workers.For(_blocks, (block, worker) =>
        {
            var (first, count, sums) = Begin(block, worker, penalty);
            var decoderGradient = Parameter.Address(_scratch[worker], 0);
            var encoderGradient = Parameter.Address(_scratch[worker], 1);
            for (var n = 0; n < count; n++)
            {
                var fired = Gather(first + n, n, entries, auxiliary, sums, decoderGradient, encoderGradient);
                UpdateLatent(first + n, block, fired, rows, sums.Gradients[n], sums.First[n], decoderGradient, encoderGradient, adam);
            }

            _architecture.UpdateOwnParameters(first, count, sums, adam);
        });

    /// <summary>As <see cref="Run"/>, with whole gradients of decoder and encoder, as dense products give them.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="decoderGradients"><c>[latents, padded width]</c>; overwritten.</param>
    /// <param name="encoderGradients"><c>[latents, padded width]</c>; overwritten.</param>
    /// <param name="biasGradients">One for each latent.</param>
    /// <param name="fired">Rows on which each latent fired.</param>
    /// <param name="adam">The optimiser's step.</param>
    public void RunDense(int rows, Matrix decoderGradients, Matrix encoderGradients, float[] biasGradients, int[] fired, AdamStep adam) =>
        _workers.For(_blocks, (block, worker) =>
        {
            var (first, count, sums) = Begin(block, worker, penalty: 0);
            for (var latent = first; latent < first + count; latent++)
            {
                sums.Gradients[latent - first] = biasGradients[latent];
                UpdateLatent(
                    latent, block, fired[latent], rows, biasGradients[latent], 0,
                    Parameter.Address(decoderGradients, latent), Parameter.Address(encoderGradients, latent), adam);
            }

            _architecture.UpdateOwnParameters(first, count, sums, adam);
        });

    /// <summary>Updates the decoder bias from the output gradients and from what the encoder's input, x - bias, passes back.</summary>
    public void UpdateDecoderBias(int rowBlocks, float scale, AdamStep adam)
    {
        var bias = _weights.DecoderBias;
        var gradient = Parameter.Address(_scratch[0], 0);
        for (var column = 0; column < bias.Values.Columns; column++)
        {
            var direct = 0.0;
            for (var block = 0; block < rowBlocks; block++)
            {
                direct += _buffers.Totals[block].GradientSum[column];
            }

            var passedBack = 0.0;
            for (var block = 0; block < _blocks; block++)
            {
                passedBack += Parameter.Address(_biasParts, block)[column];
            }

            gradient[column] = (float)(scale * direct - passedBack);
        }

        bias.Step(0, 0, bias.Vectors, gradient, adam);
    }

    private (int First, int Count, LatentSums Sums) Begin(int block, int worker, double penalty)
    {
        var first = block * LatentsPerBlock;
        var sums = Parameter.Address(_scratch[worker], 2);
        new Span<float>(sums, 3 * LatentsPerBlock).Clear();
        _biasParts.Row(block).Clear();
        return (first, Math.Min(LatentsPerBlock, _weights.Latents - first),
            new LatentSums(sums, sums + LatentsPerBlock, sums + 2 * LatentsPerBlock, penalty));
    }

    private int Gather(
        int latent, int n, LatentEntries entries, LatentEntries? auxiliary, in LatentSums sums, float* decoderGradient, float* encoderGradient)
    {
        var vectors = _weights.Decoder.Vectors;
        var stride = _weights.Decoder.Values.Stride;
        var start = entries.Start(latent);
        var count = entries.Start(latent + 1) - start;
        var outputs = Parameter.Address(_buffers.OutputGradient, 0) + _architecture.Group(latent) * _buffers.GroupStride;
        var inputs = Parameter.Address(_buffers.Centred, 0);
        RowKernels.WeightedSum(decoderGradient, null, outputs, stride, entries.Rows + start, entries.Values + start, count, vectors);
        RowKernels.WeightedSum(encoderGradient, null, inputs, stride, entries.Rows + start, entries.Gradients + start, count, vectors);
        var fired = 0;
        var sum = 0f;
        for (var entry = start; entry < start + count; entry++)
        {
            fired += entries.Values[entry] > 0 ? 1 : 0;
            sum += entries.Gradients[entry];
        }

        if (_architecture.KeepsExtras)
        {
            for (var entry = start; entry < start + count; entry++)
            {
                sums.First[n] += entries.First[entry];
                sums.Second[n] += entries.Second[entry];
            }
        }

        if (auxiliary is not null)
        {
            var from = auxiliary.Start(latent);
            var more = auxiliary.Start(latent + 1) - from;
            RowKernels.WeightedSum(
                decoderGradient, decoderGradient, Parameter.Address(_buffers.AuxiliaryResidual, 0), stride,
                auxiliary.Rows + from, auxiliary.Values + from, more, vectors);
            RowKernels.WeightedSum(
                encoderGradient, encoderGradient, inputs, stride, auxiliary.Rows + from, auxiliary.Gradients + from, more, vectors);
            for (var entry = from; entry < from + more; entry++)
            {
                sum += auxiliary.Gradients[entry];
            }
        }

        sums.Gradients[n] = sum;
        return fired;
    }

    private void UpdateLatent(
        int latent, int block, int fired, int rows, float biasGradient, float firstSum, float* decoderGradient, float* encoderGradient, in AdamStep adam)
    {
        var vectors = _weights.Decoder.Vectors;
        var decoder = _weights.Decoder.Row(latent);
        _architecture.AddDecoderPenalty(latent, firstSum, decoderGradient);
        if (_settings.ProjectsDecoderGradient)
        {
            RowKernels.MultiplyAdd(decoderGradient, decoder, -RowKernels.Dot(decoderGradient, decoder, vectors), vectors);
        }

        _weights.Decoder.Step(latent, 0, vectors, decoderGradient, adam);
        if (_settings.NormalisesDecoder)
        {
            DecoderConstraint.Normalise(decoder, vectors);
        }

        RowKernels.MultiplyAdd(Parameter.Address(_biasParts, block), _weights.Encoder.Row(latent), biasGradient, vectors);
        _weights.Encoder.Step(latent, 0, vectors, encoderGradient, adam);
        _weights.RowsSinceFired[latent] = fired > 0 ? 0 : _weights.RowsSinceFired[latent] + rows;
    }
}
