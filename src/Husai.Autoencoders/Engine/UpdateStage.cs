using System.Runtime.Intrinsics;
using Husai.Autoencoders.Architectures;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Second half of a step: latent by latent, the gradients of its decoder and encoder rows are gathered, the decoder's is projected, Adam
/// steps, and the decoder row is brought back to length 1, all while the rows are in cache. Where the norm of all gradients is bounded, all
/// are gathered before any is used.
/// </summary>
internal sealed unsafe class UpdateStage
{
    // Rows whose inputs and output gradients stay in the second-level cache while a group of latents gathers from them.
    private const int RowsPerChunk = 1024;

    // Floats of the decoder rows of latents that step together: with gradients and moments they stay in the first-level cache.
    private const int FloatsTogether = 1536;
    private readonly EngineSettings _settings;
    private readonly TrainingWeights _weights;
    private readonly TrainingArchitecture _architecture;
    private readonly BatchBuffers _buffers;
    private readonly PackedMatrix _encoder;
    private readonly Workers _workers;
    private readonly Matrix _biasParts;
    private readonly Matrix _zeros;
    private readonly Matrix[] _gradients;
    private readonly Matrix[] _sums;
    private readonly LatentEntries[] _entries;
    private readonly LatentEntries[] _auxiliaryEntries;
    private readonly WholeGradients? _whole;
    private readonly int _latentsTogether;

    public UpdateStage(
        EngineSettings settings, TrainingWeights weights, TrainingArchitecture architecture, BatchBuffers buffers, PackedMatrix encoder,
        Workers workers)
    {
        _settings = settings;
        _weights = weights;
        _architecture = architecture;
        _buffers = buffers;
        _encoder = encoder;
        _workers = workers;
        var latents = buffers.LatentsPerGroup;
        _latentsTogether = Math.Max(1, FloatsTogether / weights.Decoder.Stride);
        _biasParts = new Matrix(buffers.Groups, weights.Decoder.Stride);
        _zeros = new Matrix(1, weights.Decoder.Stride);
        _gradients = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(2 * latents, weights.Decoder.Stride))];
        _sums = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(3, latents))];
        _entries = [.. Enumerable.Range(0, workers.Threads).Select(_ => new LatentEntries(buffers.LatentsPerSection))];
        _auxiliaryEntries = [.. Enumerable.Range(0, workers.Threads).Select(_ => new LatentEntries(buffers.LatentsPerSection))];
        _whole = settings.GradientClipNorm > 0 ? new WholeGradients(weights, buffers.Groups) : null;
    }

    /// <summary>Gathers gradients from the entries, updates all parameters, and packs the encoder anew.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="rowBlocks">Blocks of rows that have entries.</param>
    /// <param name="scale">2 x reconstruction weight / rows.</param>
    /// <param name="auxiliaryScale">What the gradients of dead latents that reconstruct the residual, or of runners-up, are multiplied
    /// with; 0 for no such entries.</param>
    /// <param name="penalty">Slope of the sparsity penalty / rows.</param>
    /// <param name="adam">The optimiser's step.</param>
    public void Run(int rows, int rowBlocks, float scale, float auxiliaryScale, double penalty, FlushingAdam adam)
    {
        _workers.For(_buffers.Sections, (section, worker) =>
        {
            var entries = _entries[worker];
            entries.Sort(_buffers.Entries, rowBlocks, _buffers.RowsPerBlock, section, scale, 1, _architecture.KeepsExtras);
            var auxiliary = auxiliaryScale > 0 ? _auxiliaryEntries[worker] : null;
            auxiliary?.Sort(
                _buffers.AuxiliaryEntries, rowBlocks, _buffers.RowsPerBlock, section, auxiliaryScale, auxiliaryScale, extras: false);
            var groups = _buffers.GroupsPerSection;
            for (var group = section * groups; group < Math.Min((section + 1) * groups, _buffers.Groups); group++)
            {
                UpdateGroup(group, worker, section * _buffers.LatentsPerSection, rows, entries, auxiliary, penalty, adam);
            }
        });
        Finish(rowBlocks, scale, adam);
    }

    private void UpdateGroup(
        int group, int worker, int sectionStart, int rows, LatentEntries entries, LatentEntries? auxiliary, double penalty,
        in FlushingAdam adam)
    {
        var (first, count, sums) = Begin(group, worker, penalty);
        var offset = first - sectionStart;
        var decoderGradients = _whole is null ? Parameter.Address(_gradients[worker], 0) : _whole.Decoder(first);
        var encoderGradients = _whole is null
            ? Parameter.Address(_gradients[worker], _buffers.LatentsPerGroup)
            : _whole.Encoder(first);
        Gather(first, count, offset, rows, entries, _buffers.OutputGradient, decoderGradients, encoderGradients, sums.Gradients);
        if (auxiliary is not null)
        {
            Gather(first, count, offset, rows, auxiliary, _buffers.AuxiliaryResidual, decoderGradients, encoderGradients, sums.Gradients);
        }

        for (var n = 0; n < count; n++)
        {
            if (_architecture.KeepsExtras)
            {
                SumExtras(n, offset + n, entries, sums);
            }

            CountRows(first + n, entries.Fires(offset + n), rows);
        }

        Update(group, first, count, sums, decoderGradients, encoderGradients, adam);
    }

    /// <summary>As <see cref="Run"/>, with whole gradients of decoder and encoder, as dense products give them.</summary>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="rowBlocks">Blocks of rows.</param>
    /// <param name="dense">Has the gradients, which are overwritten.</param>
    /// <param name="scale">2 x reconstruction weight / rows.</param>
    /// <param name="penalty">Slope of the sparsity penalty / rows.</param>
    /// <param name="adam">The optimiser's step.</param>
    public void RunDense(int rows, int rowBlocks, DenseStage dense, float scale, double penalty, FlushingAdam adam)
    {
        _workers.For(_buffers.Groups, (group, worker) =>
        {
            var (first, count, sums) = Begin(group, worker, penalty);
            for (var latent = first; latent < first + count; latent++)
            {
                sums.Gradients[latent - first] = dense.Sums[0][latent];
                sums.First[latent - first] = dense.Sums[1][latent];
                sums.Second[latent - first] = dense.Sums[2][latent];
                CountRows(latent, dense.Fired[latent] > 0, rows);
            }

            Update(
                group, first, count, sums, Parameter.Address(dense.DecoderGradients, first),
                Parameter.Address(dense.EncoderGradients, first), adam);
        });
        Finish(rowBlocks, scale, adam);
    }

    // What needs the gradients of all latents: the decoder bias, and the bound on their norm.
    private void Finish(int rowBlocks, float scale, FlushingAdam adam)
    {
        var gradient = Parameter.Address(_gradients[0], 0);
        if (_settings.HasDecoderBias)
        {
            FindBiasGradient(gradient, rowBlocks, scale);
        }

        var bias = _weights.DecoderBias;
        if (_whole is not null)
        {
            var factor = _whole.FactorFor(
                _settings.GradientClipNorm,
                _settings.HasDecoderBias ? Reductions.SumOfSquares(new ReadOnlySpan<float>(gradient, bias.Values.Columns)) : 0);
            _workers.For(_buffers.Groups, (group, _) => ApplyWhole(group, factor, adam));
            RowKernels.Scale(gradient, factor, bias.Vectors);
        }

        if (_settings.HasDecoderBias)
        {
            bias.Step(0, 0, bias.Vectors, gradient, adam);
        }
    }

    private void ApplyWhole(int group, float factor, in FlushingAdam adam)
    {
        var first = group * _buffers.LatentsPerGroup;
        var count = Math.Min(_buffers.LatentsPerGroup, _weights.Latents - first);
        var sums = _whole!.Sums(first);
        _whole.Scale(first, count, factor);
        Apply(first, count, sums, _whole.Decoder(first), _whole.Encoder(first), adam);
    }

    // From the output gradients and from what the encoder's input, x - bias, passes back.
    private void FindBiasGradient(float* gradient, int rowBlocks, float scale)
    {
        // Eight columns at a time in double precision: one chain over the blocks for each column.
        for (var column = 0; column < _weights.DecoderBias.Values.Columns; column += Vector512<double>.Count)
        {
            var direct = Vector512<double>.Zero;
            for (var block = 0; block < rowBlocks; block++)
            {
                direct += Widened(_buffers.Totals[block].GradientSum + column);
            }

            var passedBack = Vector512<double>.Zero;
            for (var group = 0; group < _buffers.Groups; group++)
            {
                passedBack += Widened(Parameter.Address(_biasParts, group) + column);
            }

            var sum = Vector512.Create((double)scale) * direct - passedBack;
            Vector256.Narrow(sum.GetLower(), sum.GetUpper()).Store(gradient + column);
        }
    }

    private static Vector512<double> Widened(float* values)
    {
        var (lower, upper) = Vector256.Widen(Vector256.Load(values));
        return Vector512.Create(lower, upper);
    }

    private (int First, int Count, LatentSums Sums) Begin(int group, int worker, double penalty)
    {
        var first = group * _buffers.LatentsPerGroup;
        _sums[worker].Clear();
        _biasParts.Row(group).Clear();
        return (first, Math.Min(_buffers.LatentsPerGroup, _weights.Latents - first), new LatentSums(
            Parameter.Address(_sums[worker], 0), Parameter.Address(_sums[worker], 1), Parameter.Address(_sums[worker], 2), penalty));
    }

    // Adds the weighted sums of the rows that each latent fired on, and its pre-activation's gradient over them, chunk of rows by chunk of
    // rows. Each sum is still one chain in order of rows, so that the size of a chunk changes no bit.
    private void Gather(
        int first, int count, int offset, int rows, LatentEntries entries, Matrix outputGradients, float* decoderGradients,
        float* encoderGradients, float* gradientSums)
    {
        var (stride, vectors) = (_weights.Decoder.Stride, _weights.Decoder.Vectors);
        var inputs = Parameter.Address(_buffers.Centred, 0);
        var zeros = Parameter.Address(_zeros, 0);
        var main = ReferenceEquals(outputGradients, _buffers.OutputGradient);
        var byLevel = main || _settings.AuxiliaryByLevel;
        var cursors = stackalloc int[count];
        for (var n = 0; n < count; n++)
        {
            cursors[n] = entries.Start(offset + n);
        }

        for (var chunkEnd = RowsPerChunk; chunkEnd < rows + RowsPerChunk; chunkEnd += RowsPerChunk)
        {
            for (var n = 0; n < count; n++)
            {
                var (from, end) = (cursors[n], entries.Start(offset + n + 1));
                var to = from;
                var sum = gradientSums[n];
                for (; to < end && entries.Entries[to].Row < chunkEnd; to++)
                {
                    sum += entries.Entries[to].Right;
                }

                gradientSums[n] = sum;
                cursors[n] = to;
                var outputs = Parameter.Address(outputGradients, 0) + (byLevel ? _architecture.Group(first + n) * _buffers.GroupStride : 0);
                var decoderGradient = decoderGradients + n * stride;
                var encoderGradient = encoderGradients + n * stride;
                var fresh = main && chunkEnd == RowsPerChunk;
                GatherKernel.AddWeightedRows(
                    decoderGradient, fresh ? zeros : decoderGradient, outputs, encoderGradient, fresh ? zeros : encoderGradient, inputs,
                    stride, entries.Entries + from, to - from, vectors);
            }
        }
    }

    private static void SumExtras(int n, int latent, LatentEntries entries, in LatentSums sums)
    {
        for (var entry = entries.Start(latent); entry < entries.Start(latent + 1); entry++)
        {
            sums.First[n] += entries.First[entry];
            sums.Second[n] += entries.Second[entry];
        }
    }

    private void CountRows(int latent, bool fired, int rows) =>
        _weights.RowsSinceFired[latent] = fired ? 0 : _weights.RowsSinceFired[latent] + rows;

    private void Update(
        int group, int first, int count, in LatentSums sums, float* decoderGradients, float* encoderGradients, in FlushingAdam adam)
    {
        FinishGradients(group, first, count, sums, decoderGradients);
        if (_whole is null)
        {
            Apply(first, count, sums, decoderGradients, encoderGradients, adam);
            return;
        }

        var (freeDecoders, freeEncoders) = (FirstFree(_settings.PinnedLatents, first, count), FirstFreeEncoder(first, count));
        _whole.Take(
            group, first, count, sums, decoderGradients, encoderGradients, freeDecoders, freeEncoders,
            _architecture.SquaredNorm(count, sums));
    }

    private static int FirstFree(int pinned, int first, int count) => Math.Clamp(pinned - first, 0, count);

    private int FirstFreeEncoder(int first, int count) =>
        _settings.KeepsEncoder ? count : FirstFree(_settings.PinnedEncoders, first, count);

    // What the penalty adds to the decoder's gradients, what the encoder's input passes back to the decoder bias, and the gradients of the
    // biases and the own parameters.
    private void FinishGradients(int group, int first, int count, in LatentSums sums, float* decoderGradients)
    {
        for (var n = FirstFree(_settings.PinnedLatents, first, count); n < count; n++)
        {
            _architecture.AddDecoderPenalty(first + n, sums.First[n], decoderGradients + n * _weights.Decoder.Stride);
        }

        // The encoder's input, x - bias, passes a gradient back to the decoder bias, whether the encoder learns or not.
        var encoder = _weights.Encoder;
        for (var n = 0; n < count; n++)
        {
            RowKernels.MultiplyAdd(Parameter.Address(_biasParts, group), encoder.Row(first + n), sums.Gradients[n], encoder.Vectors);
        }

        for (var n = 0; n < FirstFree(_settings.PinnedEncoders, first, count) && !_settings.KeepsEncoder; n++)
        {
            sums.Gradients[n] = 0;
        }

        _architecture.FinishGradients(first, count, sums);
    }

    // One thing after the other for some latents at a time: what is done for one latent waits for itself, what is done for the next does
    // not. As many as the first-level cache holds.
    private void Apply(
        int first, int count, in LatentSums sums, float* decoderGradients, float* encoderGradients, in FlushingAdam adam)
    {
        var (decoder, encoder) = (_weights.Decoder, _weights.Encoder);
        for (var n = FirstFreeEncoder(first, count); n < count; n++)
        {
            encoder.Step(first + n, 0, encoder.Vectors, encoderGradients + n * encoder.Stride, adam);
        }

        // Now, while the rows are in the second-level cache.
        if (!_settings.KeepsEncoder)
        {
            _encoder.RefillColumns(encoder.Values, first, count);
        }

        for (var n = FirstFree(_settings.PinnedLatents, first, count); n < count; n += _latentsTogether)
        {
            ApplyDecoder(first + n, Math.Min(_latentsTogether, count - n), decoderGradients + n * decoder.Stride, adam);
        }

        _architecture.UpdateOwnParameters(first, count, sums, adam);
    }

    private void ApplyDecoder(int first, int count, float* gradients, in FlushingAdam adam)
    {
        var decoder = _weights.Decoder;
        for (var n = 0; n < count && _settings.ProjectsDecoderGradient; n++)
        {
            DecoderConstraint.Project(gradients + n * decoder.Stride, decoder.Row(first + n), decoder.Vectors);
        }

        // A new row takes its gradient's place until it is final: other threads have read the old one, and writing there twice would wait.
        for (var n = 0; n < count; n++)
        {
            decoder.StepIntoGradient(first + n, gradients + n * decoder.Stride, adam);
        }

        for (var n = 0; n < count; n++)
        {
            var row = gradients + n * decoder.Stride;
            if (_settings.NormalisesDecoder)
            {
                DecoderConstraint.Normalise(row, decoder.Vectors);
            }

            RowKernels.Copy(decoder.Row(first + n), row, decoder.Vectors);
        }

        if (_settings.DecoderStart is { } start)
        {
            for (var n = 0; n < count; n++)
            {
                DecoderConstraint.HoldNear(decoder.Row(first + n), Parameter.Address(start, first + n), decoder.Vectors);
            }
        }
    }
}
