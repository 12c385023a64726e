using Husai.Autoencoders.Architectures;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Training steps on the processor. Where codes are sparse a step costs little more than the encoder's product; where a code is dense, five
/// dense products are cheaper (seven with gates). Which one it is depends on the density of the batch before, never on time or threads.
/// </summary>
internal sealed unsafe class CpuEngine : ITrainingEngine
{
    private readonly EngineSettings _settings;
    private readonly Workers _workers;
    private readonly TrainingArchitecture _architecture;
    private readonly BatchBuffers _buffers;
    private readonly RowStage _rowStage;
    private readonly UpdateStage _updateStage;
    private readonly PackedMatrix _encoder;
    private DenseStage? _dense;

    public CpuEngine(EngineSettings settings, TrainingWeights weights, Workers workers)
    {
        _settings = settings;
        _workers = workers;
        Weights = weights;
        _architecture = settings.Method.CreateArchitecture(settings, weights);
        _buffers = new BatchBuffers(settings, weights, _architecture.Groups, workers.Threads);
        _rowStage = new RowStage(settings, weights, _architecture, _buffers, workers);
        _encoder = PackedMatrix.FromTransposed(weights.Encoder.Values, workers);
        _updateStage = new UpdateStage(settings, weights, _architecture, _buffers, _encoder, workers);
    }

    public TrainingWeights Weights { get; }

    public void Reload() => _encoder.Refill(Weights.Encoder.Values, _workers);

    public BatchMeasures Step(Matrix batch, in StepSettings step)
    {
        RequireFit(batch, Weights, _settings);
        Weights.Step++;
        var adam = new FlushingAdam(step.LearningRate, _settings.Beta1, _settings.Beta2, _settings.Epsilon, Weights.Step);
        var scale = 2 * _settings.ReconstructionWeight / batch.Rows;
        var coefficient = _settings.SparsityCoefficient * step.SparsityWeight * Weights.SparsityControl.Multiplier;
        _architecture.Begin(step);
        var dead = _settings.AuxiliaryCoefficient > 0 ? DeadLatents() : [];
        var result = _architecture.DenseCode is not null && dead.Length == 0 && Weights.Density > _settings.DenseAbove
            ? DenseStep(batch, (float)scale, coefficient, adam)
            : SparseStep(batch, (float)scale, coefficient, dead, adam);
        Weights.Density = result.L0 / Weights.Latents;
        if (_settings.ControlledL0 > 0 && step.ControlsSparsity)
        {
            Weights.SparsityControl.Observe(result.L0, _settings.ControlledL0);
        }

        return result;
    }

    /// <exception cref="ArgumentException">The batch has another width, or more rows than the largest.</exception>
    public static void RequireFit(Matrix batch, TrainingWeights weights, EngineSettings settings)
    {
        if (batch.Columns != weights.Width || batch.Rows < 1 || batch.Rows > settings.BatchSize)
        {
            throw new ArgumentException(
                $"the batch is {batch.Shape} where [1 to {settings.BatchSize}, {weights.Width}] is needed", nameof(batch));
        }
    }

    private BatchMeasures SparseStep(Matrix batch, float scale, double coefficient, int[] dead, in FlushingAdam adam)
    {
        var rows = batch.Rows;
        _rowStage.Run(batch, _encoder, dead, scale, (float)(coefficient / rows));
        var blocks = Blocks(rows);
        var auxiliary = dead.Length > 0 ? AuxiliaryScale(rows, blocks) : _settings.RunnerUpCoefficient / rows;
        var result = Result(rows, blocks, coefficient, auxiliary, dead.Length);
        var slope = _architecture.PenaltyAt(result.L0, coefficient).Gradient;
        _updateStage.Run(rows, blocks, scale, (float)(dead.Length > 0 ? 2 * auxiliary : auxiliary), slope / rows, adam);
        return result;
    }

    private BatchMeasures DenseStep(Matrix batch, float scale, double coefficient, in FlushingAdam adam)
    {
        _dense ??= new DenseStage(_settings, _architecture.DenseCode!, Weights, _buffers, _workers);
        _workers.For(Blocks(batch.Rows), (block, _) => _rowStage.Centre(batch, block));
        var blocks = _dense.Run(batch.Rows, scale, (float)(coefficient / batch.Rows));
        var result = Result(batch.Rows, blocks, coefficient, 0, 0);
        _updateStage.RunDense(
            batch.Rows, blocks, _dense, scale, _architecture.PenaltyAt(result.L0, coefficient).Gradient / batch.Rows, adam);
        return result;
    }

    private int Blocks(int rows) => (rows + _buffers.RowsPerBlock - 1) / _buffers.RowsPerBlock;

    private int[] DeadLatents()
    {
        var since = Weights.RowsSinceFired;
        var dead = new List<int>();
        for (var latent = 0; latent < since.Length; latent++)
        {
            if (since[latent] >= _settings.DeadAfterRows)
            {
                dead.Add(latent);
            }
        }

        return [.. dead];
    }

    // Coefficient over the residual's variance, both as sums over the rows; 0 where there is nothing left to reconstruct. By level, where
    // the error counts as it is, over the rows.
    private double AuxiliaryScale(int rows, int blocks)
    {
        if (_settings.AuxiliaryByLevel)
        {
            return _settings.AuxiliaryCoefficient / rows;
        }

        var squares = 0.0;
        for (var block = 0; block < blocks; block++)
        {
            squares += _buffers.Totals[block].ResidualSquares;
        }

        for (var column = 0; column < Weights.Width; column++)
        {
            var sum = 0.0;
            for (var block = 0; block < blocks; block++)
            {
                sum += _buffers.Totals[block].ResidualSum[column];
            }

            squares -= sum * sum / rows;
        }

        return squares > 0 ? _settings.AuxiliaryCoefficient / squares : 0;
    }

    private BatchMeasures Result(int rows, int blocks, double coefficient, double auxiliaryScale, int dead)
    {
        double error = 0, sparsity = 0, auxiliary = 0;
        long active = 0;
        for (var block = 0; block < blocks; block++)
        {
            var totals = _buffers.Totals[block];
            error += totals.SquaredError + totals.Other;
            sparsity += totals.Sparsity;
            auxiliary += totals.AuxiliaryError;
            active += totals.Active;
        }

        var l0 = (double)active / rows;
        return new BatchMeasures(
            _settings.ReconstructionWeight * error / rows, _architecture.PenaltyAt(l0, coefficient).Loss * sparsity / rows,
            auxiliaryScale * auxiliary, l0, dead);
    }
}
