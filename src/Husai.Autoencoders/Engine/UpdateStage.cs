using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>
/// Second half of a step: latent by latent, the gradients of its decoder and encoder rows are gathered, the decoder's is projected, Adam
/// steps, and the decoder row is brought back to length 1, all while the rows are in cache.
/// </summary>
internal sealed unsafe class UpdateStage
{
    // Rows whose inputs and output gradients stay in the second-level cache while a block of latents gathers from them.
    private const int RowsPerChunk = 256;
    private const int SmallRow = 1024;
    private readonly EngineSettings _settings;
    private readonly TrainingWeights _weights;
    private readonly TrainingArchitecture _architecture;
    private readonly BatchBuffers _buffers;
    private readonly Workers _workers;
    private readonly int _latentsPerBlock;
    private readonly int _blocks;
    private readonly Matrix _biasParts;
    private readonly Matrix[] _gradients;
    private readonly Matrix[] _sums;

    public UpdateStage(
        EngineSettings settings, TrainingWeights weights, TrainingArchitecture architecture, BatchBuffers buffers, Workers workers)
    {
        _settings = settings;
        _weights = weights;
        _architecture = architecture;
        _buffers = buffers;
        _workers = workers;

        // The more latents gather at a time, the fewer times the rows pass through the cache, if only there are many rows.
        _latentsPerBlock = settings.BatchSize >= 4 * RowsPerChunk && weights.Decoder.Stride * sizeof(float) <= SmallRow ? 128 : 32;
        _blocks = (weights.Latents + _latentsPerBlock - 1) / _latentsPerBlock;
        _biasParts = new Matrix(_blocks, weights.Decoder.Stride);
        _gradients = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(2 * _latentsPerBlock, weights.Decoder.Stride))];
        _sums = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(3, _latentsPerBlock))];
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
            _gradients[worker].Clear();
            var decoderGradients = Parameter.Address(_gradients[worker], 0);
            var encoderGradients = Parameter.Address(_gradients[worker], _latentsPerBlock);
            Gather(first, count, rows, entries, _buffers.OutputGradient, decoderGradients, encoderGradients);
            if (auxiliary is not null)
            {
                Gather(first, count, rows, auxiliary, _buffers.AuxiliaryResidual, decoderGradients, encoderGradients);
            }

            for (var n = 0; n < count; n++)
            {
                var fired = SumUp(first + n, n, entries, auxiliary, sums);
                UpdateLatent(
                    first + n, block, fired, rows, sums.Gradients[n], sums.First[n],
                    decoderGradients + n * _weights.Decoder.Stride, encoderGradients + n * _weights.Decoder.Stride, adam);
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
        var gradient = Parameter.Address(_gradients[0], 0);
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
        var first = block * _latentsPerBlock;
        _sums[worker].Clear();
        _biasParts.Row(block).Clear();
        return (first, Math.Min(_latentsPerBlock, _weights.Latents - first), new LatentSums(
            Parameter.Address(_sums[worker], 0), Parameter.Address(_sums[worker], 1), Parameter.Address(_sums[worker], 2), penalty));
    }

    // Adds the weighted sums of the rows that each latent fired on, chunk of rows by chunk of rows. Each sum is still one chain in order of
    // rows, so that the size of a chunk changes no bit.
    private void Gather(
        int first, int count, int rows, LatentEntries entries, Matrix outputGradients, float* decoderGradients, float* encoderGradients)
    {
        var (stride, vectors) = (_weights.Decoder.Stride, _weights.Decoder.Vectors);
        var inputs = Parameter.Address(_buffers.Centred, 0);
        var nested = ReferenceEquals(outputGradients, _buffers.OutputGradient);
        var cursors = stackalloc int[count];
        for (var n = 0; n < count; n++)
        {
            cursors[n] = entries.Start(first + n);
        }

        for (var chunkEnd = RowsPerChunk; chunkEnd < rows + RowsPerChunk; chunkEnd += RowsPerChunk)
        {
            for (var n = 0; n < count; n++)
            {
                var (from, end) = (cursors[n], entries.Start(first + n + 1));
                var to = from;
                while (to < end && entries.Rows[to] < chunkEnd)
                {
                    to++;
                }

                cursors[n] = to;
                var outputs = Parameter.Address(outputGradients, 0) + (nested ? _architecture.Group(first + n) * _buffers.GroupStride : 0);
                var decoderGradient = decoderGradients + n * stride;
                var encoderGradient = encoderGradients + n * stride;
                RowKernels.WeightedSum(
                    decoderGradient, decoderGradient, outputs, stride, entries.Rows + from, entries.Values + from, to - from, vectors);
                RowKernels.WeightedSum(
                    encoderGradient, encoderGradient, inputs, stride, entries.Rows + from, entries.Gradients + from, to - from, vectors);
            }
        }
    }

    // Sums of the entries of a latent; returns on how many rows it fired.
    private int SumUp(int latent, int n, LatentEntries entries, LatentEntries? auxiliary, in LatentSums sums)
    {
        var fired = 0;
        var sum = 0f;
        for (var entry = entries.Start(latent); entry < entries.Start(latent + 1); entry++)
        {
            fired += entries.Values[entry] > 0 ? 1 : 0;
            sum += entries.Gradients[entry];
        }

        if (_architecture.KeepsExtras)
        {
            for (var entry = entries.Start(latent); entry < entries.Start(latent + 1); entry++)
            {
                sums.First[n] += entries.First[entry];
                sums.Second[n] += entries.Second[entry];
            }
        }

        if (auxiliary is not null)
        {
            for (var entry = auxiliary.Start(latent); entry < auxiliary.Start(latent + 1); entry++)
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
        if (latent >= _settings.PinnedLatents)
        {
            UpdateDecoder(latent, firstSum, decoderGradient, adam);
        }

        RowKernels.MultiplyAdd(Parameter.Address(_biasParts, block), _weights.Encoder.Row(latent), biasGradient, vectors);
        _weights.Encoder.Step(latent, 0, vectors, encoderGradient, adam);
        _weights.RowsSinceFired[latent] = fired > 0 ? 0 : _weights.RowsSinceFired[latent] + rows;
    }

    private void UpdateDecoder(int latent, float firstSum, float* gradient, in AdamStep adam)
    {
        var vectors = _weights.Decoder.Vectors;
        var decoder = _weights.Decoder.Row(latent);
        _architecture.AddDecoderPenalty(latent, firstSum, gradient);
        if (_settings.ProjectsDecoderGradient)
        {
            RowKernels.MultiplyAdd(gradient, decoder, -RowKernels.Dot(gradient, decoder, vectors), vectors);
        }

        _weights.Decoder.Step(latent, 0, vectors, gradient, adam);
        if (_settings.NormalisesDecoder)
        {
            DecoderConstraint.Normalise(decoder, vectors);
        }
    }
}
