using Husai.Autoencoders.Architectures;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// First half of a step: rows are encoded and their active latents chosen, block by block while a block's pre-activations are in cache;
/// then all are decoded and compared with the input.
/// </summary>
internal sealed unsafe class RowStage
{
    // Columns of pre-activations shown at a time when there are very many: a block of them stays in the second-level cache.
    public const int PartColumns = 1024;

    // Of a choice over the batch: below this, the search for candidates takes every positive value.
    private const float LowestBound = 1e-6f;

    private readonly EngineSettings _settings;
    private readonly TrainingWeights _weights;
    private readonly TrainingArchitecture _architecture;
    private readonly BatchBuffers _buffers;
    private readonly Workers _workers;
    private readonly Matrix[] _scratch;
    private readonly EntryBlock[] _chosen;
    private readonly PartialSelection?[] _partial;
    private readonly PartialSelection[] _dead;
    private readonly BatchSelection _selection;
    private readonly RunnerUpLoss? _runnerUpLoss;
    private readonly LevelAuxiliary? _levelAuxiliary;
    private readonly DecoderNorms? _norms;

    public RowStage(
        EngineSettings settings, TrainingWeights weights, TrainingArchitecture architecture, BatchBuffers buffers, Workers workers)
    {
        _settings = settings;
        _weights = weights;
        _architecture = architecture;
        _buffers = buffers;
        _workers = workers;
        _runnerUpLoss = settings.RunnerUpCoefficient > 0 ? new RunnerUpLoss(settings, weights, workers.Threads) : null;

        _levelAuxiliary = settings.AuxiliaryByLevel ? new LevelAuxiliary(settings, weights, architecture, workers.Threads) : null;
        _norms = settings.RescalesByDecoderNorm ? new DecoderNorms(weights) : null;

        // What a row leaves is known only when the whole row is, and only a whole row is rescaled.
        var inParts = weights.Latents > BatchBuffers.WideLatents && architecture.ChoosesLargestOfRow && _runnerUpLoss is null
            && _levelAuxiliary is null && _norms is null;
        ColumnsPerPart = inParts ? PartColumns : int.MaxValue;
        _scratch = [.. Enumerable.Range(0, workers.Threads).Select(_ => new Matrix(1, weights.Decoder.Values.Columns))];
        _chosen = [.. Enumerable.Range(0, workers.Threads).Select(_ => new EntryBlock())];
        _selection = new BatchSelection(buffers.Blocks, workers);
        _partial = [.. Enumerable.Range(0, workers.Threads).Select(_ => inParts ? new PartialSelection(buffers.RowsPerBlock) : null)];
        _dead = [.. Enumerable.Range(0, workers.Threads).Select(_ => new PartialSelection(buffers.RowsPerBlock))];
    }

    private int ColumnsPerPart { get; }

    /// <summary>Runs the stage: fills centred rows, entries, residuals and block totals.</summary>
    /// <param name="batch">Rows of the batch.</param>
    /// <param name="encoder">Packed encoder.</param>
    /// <param name="dead">Latents that count as dead, in order; empty for no auxiliary loss.</param>
    /// <param name="scale">2 x reconstruction weight / rows.</param>
    /// <param name="penalty">Sparsity coefficient / rows.</param>
    public void Run(Matrix batch, PackedMatrix encoder, int[] dead, float scale, float penalty)
    {
        _norms?.Measure(_workers);
        _levelAuxiliary?.Begin(dead);
        if (_architecture.BatchChoice is { Bound: 0 } unbounded && batch.Rows > _buffers.RowsPerBlock)
        {
            Centre(batch, 0);
            unbounded.Bound = GuessBound(encoder);
        }

        var blocks = (batch.Rows + _buffers.RowsPerBlock - 1) / _buffers.RowsPerBlock;
        _buffers.Entries.Begin();
        _buffers.AuxiliaryEntries.Begin();
        Choose(batch, blocks, encoder, dead);

        // Only now, with all rows encoded: encoder and decoder in turns would drive each other out of the second-level cache.
        _workers.For(blocks, (block, worker) => FinishBlock(block, batch.Rows, worker, dead.Length > 0, scale, penalty));
    }

    /// <summary>Takes the decoder bias from one block of scaled inputs.</summary>
    public void Centre(Matrix batch, int block) => CentredRows.Fill(
        _buffers.Centred, batch, block * _buffers.RowsPerBlock, Math.Min((block + 1) * _buffers.RowsPerBlock, batch.Rows),
        _settings.InputScale, _weights.DecoderBias);

    // From the first rows: without a bound, half of all values would be candidates.
    private float GuessBound(PackedMatrix encoder)
    {
        var bias = new ReadOnlySpan<float>(_weights.EncoderBias.Row(0), _weights.Latents);
        var entries = _buffers.Entries.Blocks[0];
        MatrixProduct.VisitRowBlocks(
            _buffers.Centred.SliceRows(0, _buffers.RowsPerBlock), encoder, bias, _buffers.RowsPerBlock,
            (firstRow, block, worker) => Select(0, 0, block, worker), _workers);
        return _selection.Bound(entries, (long)_architecture.K * _buffers.RowsPerBlock);
    }

    private void Choose(Matrix batch, int blocks, PackedMatrix encoder, int[] dead)
    {
        var together = BatchBuffers.BlocksTogether(_weights.Latents, blocks, _workers.Threads);
        while (true)
        {
            _workers.For((blocks + together - 1) / together, (part, worker) =>
                EncodeBlocks(batch, part * together, Math.Min((part + 1) * together, blocks), worker, encoder, dead));
            if (_architecture.BatchChoice is not { } choice
                || _selection.Keep(choice, _buffers.Entries.Blocks, blocks, (long)_architecture.K * batch.Rows))
            {
                return;
            }

            // Too few candidates: the values of this batch are lower than the last one's. Look again, lower; at 0 all are candidates.
            choice.Bound = choice.Bound < LowestBound ? float.Epsilon : choice.Bound / 4;
        }
    }

    private void EncodeBlocks(Matrix batch, int from, int to, int worker, PackedMatrix encoder, int[] dead)
    {
        for (var block = from; block < to; block++)
        {
            Centre(batch, block);
        }

        var rowsPerBlock = _buffers.RowsPerBlock;
        var firstRow = from * rowsPerBlock;
        var rows = Math.Min(to * rowsPerBlock, batch.Rows) - firstRow;
        var bias = new ReadOnlySpan<float>(_weights.EncoderBias.Row(0), _weights.Latents);
        MatrixProduct.VisitBlocks(
            _buffers.Centred.SliceRows(firstRow, rows), encoder, bias, rows, ColumnsPerPart, (_, firstColumn, part, _) =>
            {
                for (var block = from; block < to; block++)
                {
                    var start = (block - from) * rowsPerBlock;
                    var own = part.SliceRows(start, Math.Min(rowsPerBlock, rows - start));
                    Select(block, firstColumn, own, worker);
                    if (_levelAuxiliary is not null && dead.Length > 0)
                    {
                        ChooseDead(own, block, worker);
                    }
                    else if (dead.Length > 0)
                    {
                        _dead[worker].AddListed(
                            own, firstColumn, _settings.AuxiliaryK, dead, _buffers.AuxiliaryEntries.Blocks[block], _weights.Latents);
                    }
                }
            });
    }

    private void ChooseDead(Matrix block, int index, int worker)
    {
        var entries = _buffers.AuxiliaryEntries.Blocks[index];
        entries.Clear();
        for (var row = 0; row < block.Rows; row++)
        {
            _levelAuxiliary!.Choose(Parameter.Address(block, row), entries, worker);
        }
    }

    private void Select(int index, int firstColumn, Matrix block, int worker)
    {
        var entries = _buffers.Entries.Blocks[index];
        if (_partial[worker] is { } partial)
        {
            partial.Add(block, firstColumn, _architecture.K, entries, _weights.Latents);
            return;
        }

        // Choosing writes more than it keeps and reads it back, which is slow in memory that another thread has read.
        var chosen = _chosen[worker];
        chosen.Clear();
        _runnerUpLoss?.Found(worker).Clear();
        for (var row = 0; row < block.Rows; row++)
        {
            _norms?.Multiply(block.Row(row));
            _architecture.Select(Parameter.Address(block, row), chosen);
            _runnerUpLoss?.Find(Parameter.Address(block, row), _architecture.K, chosen, worker);
        }

        entries.CopyFrom(chosen, _architecture.KeepsExtras);
        if (_runnerUpLoss is not null)
        {
            _buffers.AuxiliaryEntries.Blocks[index].CopyFrom(_runnerUpLoss.Found(worker), extras: false);
        }
    }

    private void FinishBlock(int index, int batchRows, int worker, bool auxiliary, float scale, float penalty)
    {
        var firstRow = index * _buffers.RowsPerBlock;
        var rows = Math.Min(_buffers.RowsPerBlock, batchRows - firstRow);
        var totals = _buffers.Totals[index];
        totals.Clear();
        var entries = _buffers.Entries.Blocks[index];
        var auxiliaryEntries = _buffers.AuxiliaryEntries.Blocks[index];
        var vectors = _weights.Decoder.Vectors;
        _norms?.Divide(entries);
        if (auxiliary)
        {
            _norms?.Divide(auxiliaryEntries);
        }

        for (var row = 0; row < rows; row++)
        {
            var from = entries.RowStart(row);
            var residual = Parameter.Address(_buffers.Residual, firstRow + row);
            var gradient = Parameter.Address(_buffers.OutputGradient, firstRow + row);
            var auxiliaryResidual = auxiliary ? Parameter.Address(_buffers.AuxiliaryResidual, firstRow + row) : null;
            var loss = _architecture.Reconstruct(new RowPass
            {
                Centred = Parameter.Address(_buffers.Centred, firstRow + row),
                OutputGradient = gradient,
                GroupStride = _buffers.GroupStride,
                LevelResiduals = _levelAuxiliary is null ? null : auxiliaryResidual,
                Residual = residual,
                Entries = entries,
                From = from,
                Count = entries.RowStart(row + 1) - from,
                Scale = scale,
                Penalty = penalty,
                Scratch = Parameter.Address(_scratch[worker], 0),
            });
            totals.SquaredError += loss.SquaredError;
            totals.Sparsity += loss.Sparsity;
            totals.Other += loss.Other;
            if (_runnerUpLoss is not null)
            {
                totals.AuxiliaryError += _runnerUpLoss.Weigh(
                    auxiliaryEntries, row, (float)loss.SquaredError, gradient, vectors, entries);
            }

            RowKernels.MultiplyAdd(totals.GradientSum, gradient, 1, vectors);
            if (auxiliary && _levelAuxiliary is not null)
            {
                if (_architecture.Groups == 1)
                {
                    RowKernels.Copy(auxiliaryResidual, residual, vectors);
                }

                totals.AuxiliaryError += _levelAuxiliary.Reconstruct(auxiliaryEntries, row, auxiliaryResidual, _buffers.GroupStride);
            }
            else if (auxiliary)
            {
                RowKernels.MultiplyAdd(totals.ResidualSum, residual, 1, vectors);
                totals.ResidualSquares += RowKernels.Dot(residual, residual, vectors * Lanes.Count);
                totals.AuxiliaryError += ReconstructResidual(auxiliaryEntries, row, residual, auxiliaryResidual);
            }
        }

        totals.Active = RowKernels.CountPositive(entries.Values, entries.Count);
        _buffers.Entries.FindSections(index, worker);
        if (auxiliary || _runnerUpLoss is not null)
        {
            _buffers.AuxiliaryEntries.FindSections(index, worker);
        }
    }

    // The dead latents' reconstruction of input minus reconstruction, minus that: residual plus their sum (Gao et al. 2024, appendix A.2).
    private double ReconstructResidual(EntryBlock entries, int row, float* residual, float* result)
    {
        var from = entries.RowStart(row);
        var count = entries.RowStart(row + 1) - from;
        var decoder = _weights.Decoder;
        RowKernels.WeightedSum(
            result, residual, decoder.Row(0), decoder.Values.Stride, entries.Latents + from, entries.Values + from, count, decoder.Vectors);
        RowKernels.Dots(
            entries.Gradients + from, result, decoder.Row(0), decoder.Values.Stride, entries.Latents + from, count, decoder.Vectors);
        return RowKernels.Dot(result, result, decoder.Vectors * Lanes.Count);
    }
}
