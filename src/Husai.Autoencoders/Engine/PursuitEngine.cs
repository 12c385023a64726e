using Husai.Autoencoders.Architectures;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Training steps of matching pursuit. With r what is left of a row, a step chooses the row w of the dictionary with the largest product
/// v = r w and leaves r - v w; the loss is the square of what the last step leaves, and its gradient passes through all values. Back from
/// the end, with g the gradient in what a step leaves, the gradient in w is -v g - (g w) r, and in r it is g - (g w) w.
/// </summary>
internal sealed unsafe class PursuitEngine : ITrainingEngine
{
    private const int RowsPerBlock = 32;
    private const int LatentsPerGroup = 64;

    // Two gibibytes, twice.
    private const long MostKept = 1L << 29;
    private readonly EngineSettings _settings;
    private readonly Workers _workers;
    private readonly PursuitProducts _products;
    private readonly PackedMatrix _packed;
    private readonly PursuitEntries _entries;
    private readonly Matrix _centred;
    private readonly PinnedBuffer<float> _left = new();
    private readonly PinnedBuffer<float> _gradientsLeft = new();
    private readonly WholeGradients _gradients;
    private readonly Matrix _zeros;
    private readonly Matrix[] _scratch;
    private readonly BlockTotals[] _totals;
    private readonly int _groups;

    public PursuitEngine(EngineSettings settings, TrainingWeights weights, Workers workers)
    {
        _settings = settings;
        _workers = workers;
        Weights = weights;
        var stride = weights.Decoder.Stride;
        _groups = (weights.Latents + LatentsPerGroup - 1) / LatentsPerGroup;
        _products = new PursuitProducts(weights.Latents);
        _packed = PackedMatrix.FromTransposed(weights.Decoder.Values, workers);
        _entries = new PursuitEntries(weights.Latents);
        _centred = new Matrix(settings.BatchSize, stride);
        _gradients = new WholeGradients(weights, _groups);
        _zeros = new Matrix(1, stride);
        _scratch = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(1, stride))];
        _totals = [.. Enumerable.Range(0, Blocks(settings.BatchSize)).Select(_ => new BlockTotals(stride))];
    }

    public TrainingWeights Weights { get; }

    private nint Stride => Weights.Decoder.Stride;

    private int Vectors => Weights.Decoder.Vectors;

    // Encoder and decoder are the same rows: what keeps one keeps the other.
    private int Pinned => _settings.KeepsEncoder ? Weights.Latents : _settings.PinnedLatents;

    public void Reload()
    {
        // What changes weights from outside may have given a latent an encoder row of its own.
        Weights.Encoder.Values.CopyFrom(Weights.Decoder.Values);
        _packed.Refill(Weights.Decoder.Values, _workers);
    }

    public BatchMeasures Step(Matrix batch, in StepSettings step)
    {
        CpuEngine.RequireFit(batch, Weights, _settings);
        Weights.Step++;
        var adam = new FlushingAdam(step.LearningRate, _settings.Beta1, _settings.Beta2, _settings.Epsilon, Weights.Step);
        var (rows, blocks) = (batch.Rows, Blocks(batch.Rows));
        RequireRoom(rows, step.K);
        _entries.Begin(rows, step.K);
        _left.Reserve(rows * step.K * Stride);
        _gradientsLeft.Reserve(rows * step.K * Stride);
        _products.Find(Weights.Decoder.Values, _workers);
        Pursue(batch);
        var scale = (float)(2 * _settings.ReconstructionWeight / rows);
        _workers.For(blocks, (block, worker) => PassBack(block, rows, scale, worker));
        _entries.Sort(rows);
        _workers.For(_groups, (group, _) => Gather(group, rows));
        Update(blocks, adam);
        var result = Result(rows, blocks);
        Weights.Density = result.L0 / Weights.Latents;
        return result;
    }

    private void RequireRoom(int rows, int steps)
    {
        if ((long)rows * steps * Stride > MostKept)
        {
            throw new ArgumentException(
                $"matching pursuit keeps what is left before each of {steps} steps of {rows} rows of width {Weights.Width}, more than "
                    + $"{MostKept} values: lower batch_size or k", nameof(rows));
        }
    }

    private static int Blocks(int rows) => (rows + RowsPerBlock - 1) / RowsPerBlock;

    private void Pursue(Matrix batch)
    {
        _workers.For(Blocks(batch.Rows), (block, _) => CentredRows.Fill(
            _centred, batch, block * RowsPerBlock, Math.Min((block + 1) * RowsPerBlock, batch.Rows), _settings.InputScale,
            Weights.DecoderBias));
        var steps = _entries.StepsOfRow;
        MatrixProduct.VisitRowBlocks(_centred.SliceRows(0, batch.Rows), _packed, [], RowsPerBlock, (firstRow, products, _) =>
        {
            for (var row = 0; row < products.Rows; row++)
            {
                var place = (firstRow + row) * steps;
                _entries.Taken[firstRow + row] =
                    _products.Pursue(Parameter.Address(products, row), steps, _entries.Latents + place, _entries.Values + place);
            }
        }, _workers);
    }

    // Keeps what is left before each step, and the gradient in what is left after it.
    private void PassBack(int block, int rows, float scale, int worker)
    {
        var totals = _totals[block];
        totals.Clear();
        var vector = Parameter.Address(_scratch[worker], 0);
        for (var row = block * RowsPerBlock; row < Math.Min((block + 1) * RowsPerBlock, rows); row++)
        {
            var first = row * _entries.StepsOfRow;
            var end = first + _entries.Taken[row];
            RowKernels.Copy(vector, Parameter.Address(_centred, row), Vectors);
            for (var place = first; place < end; place++)
            {
                RowKernels.Copy(_left.Pointer + place * Stride, vector, Vectors);
                RowKernels.MultiplyAdd(vector, Weights.Decoder.Row(_entries.Latents[place]), -_entries.Values[place], Vectors);
            }

            totals.SquaredError += RowKernels.Dot(vector, vector, Vectors * Lanes.Count);
            totals.Active += _entries.CountActive(row);
            RowKernels.Scale(vector, scale, Vectors);
            for (var place = end - 1; place >= first; place--)
            {
                var chosen = Weights.Decoder.Row(_entries.Latents[place]);
                RowKernels.Copy(_gradientsLeft.Pointer + place * Stride, vector, Vectors);
                _entries.Slopes[place] = RowKernels.Dot(vector, chosen, Vectors * Lanes.Count);
                RowKernels.MultiplyAdd(vector, chosen, -_entries.Slopes[place], Vectors);
            }

            // What is left before the first step is the input less the bias.
            RowKernels.MultiplyAdd(totals.GradientSum, vector, -1, Vectors);
        }
    }

    private void Gather(int group, int rows)
    {
        var first = group * LatentsPerGroup;
        var count = Math.Min(LatentsPerGroup, Weights.Latents - first);
        var zeros = Parameter.Address(_zeros, 0);
        for (var latent = first; latent < first + count; latent++)
        {
            var (start, end) = (_entries.Start(latent), _entries.Start(latent + 1));
            float* gradient = _gradients.Decoder(latent), part = _gradients.Encoder(latent);
            GatherKernel.AddWeightedRows(
                gradient, zeros, _gradientsLeft.Pointer, part, zeros, _left.Pointer, Stride, _entries.Sorted + start, end - start, Vectors);
            RowKernels.MultiplyAdd(gradient, part, 1, Vectors);
            Weights.RowsSinceFired[latent] = end > start ? 0 : Weights.RowsSinceFired[latent] + rows;
        }

        _gradients.TakeDecoder(group, first, count, Math.Clamp(Pinned - first, 0, count));
    }

    private void Update(int blocks, FlushingAdam adam)
    {
        var bias = Weights.DecoderBias;
        var biasGradient = Parameter.Address(_scratch[0], 0);
        FindBiasGradient(biasGradient, blocks);
        var factor = _settings.GradientClipNorm > 0
            ? _gradients.FactorFor(
                _settings.GradientClipNorm, Reductions.SumOfSquares(new ReadOnlySpan<float>(biasGradient, bias.Values.Columns)))
            : 1;
        RowKernels.Scale(biasGradient, factor, bias.Vectors);
        if (_settings.HasDecoderBias)
        {
            bias.Step(0, 0, bias.Vectors, biasGradient, adam);
        }

        _workers.For(_groups, (group, _) => UpdateGroup(group, factor, adam));
    }

    private void UpdateGroup(int group, float factor, in FlushingAdam adam)
    {
        var first = group * LatentsPerGroup;
        var count = Math.Min(LatentsPerGroup, Weights.Latents - first);
        for (var latent = Math.Max(first, Pinned); latent < first + count; latent++)
        {
            float* row = Weights.Decoder.Row(latent), gradient = _gradients.Decoder(latent);
            RowKernels.Scale(gradient, factor, Vectors);
            if (_settings.ProjectsDecoderGradient)
            {
                DecoderConstraint.Project(gradient, row, Vectors);
            }

            Weights.Decoder.Step(latent, 0, Vectors, gradient, adam);
            if (_settings.NormalisesDecoder)
            {
                DecoderConstraint.Normalise(row, Vectors);
            }

            if (_settings.DecoderStart is { } start)
            {
                DecoderConstraint.HoldNear(row, Parameter.Address(start, latent), Vectors);
            }

            RowKernels.Copy(Weights.Encoder.Row(latent), row, Vectors);
        }

        _packed.RefillColumns(Weights.Decoder.Values, first, count);
    }

    private void FindBiasGradient(float* gradient, int blocks)
    {
        for (var column = 0; column < Weights.DecoderBias.Values.Columns; column++)
        {
            var sum = 0.0;
            for (var block = 0; block < blocks && _settings.HasDecoderBias; block++)
            {
                sum += _totals[block].GradientSum[column];
            }

            gradient[column] = (float)sum;
        }
    }

    private BatchMeasures Result(int rows, int blocks)
    {
        var error = 0.0;
        long active = 0;
        for (var block = 0; block < blocks; block++)
        {
            error += _totals[block].SquaredError;
            active += _totals[block].Active;
        }

        return new BatchMeasures(_settings.ReconstructionWeight * error / rows, 0, 0, (double)active / rows, 0);
    }
}
