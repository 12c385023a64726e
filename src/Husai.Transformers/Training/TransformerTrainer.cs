using Husai.Numerics.Kernels;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Transformers.Models;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Training;

/// <summary>Trains a transformer. The result depends on the options alone: not on threads, machine, or interruptions.</summary>
internal sealed class TransformerTrainer
{
    private readonly TransformerTrainingOptions _options;
    private readonly Workers _workers;
    private readonly TimeProvider _time;
    private readonly TrainingSchedule _schedule;
    private readonly bool _isFullBatch;
    private readonly HeldOutEvaluator _heldOut;
    private readonly Lazy<HeldOutEvaluator> _training;
    private BatchOrder _order;
    private TrainingRecord? _last;
    private bool _forwardIsCurrent;

    /// <summary>Prepares training from the initial weights.</summary>
    /// <param name="options">Task, architecture and training.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="time">The clock for speeds; it has no influence on the result.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public TransformerTrainer(TransformerRunOptions options, Workers? workers = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Require(options.Training, nameof(options));
        _options = options.Training;
        _workers = workers ?? Workers.Alone;
        _time = time ?? TimeProvider.System;
        Model = Transformer.Initialise(ArithmeticTask.From(options.Task), options.Model, _options.SeedOfInitialisation(restarts: 0));
        Split = DataSplit.Random(Model.Task.Inputs, _options.TrainFraction, _options.SeedOfSplit);
        Optimiser = new OptimiserStep(Model, _workers);
        _schedule = new TrainingSchedule(TransformerGate.CanBePassed(Model.Task) ? _options : _options with { Restarts = 0 });
        _isFullBatch = _options.BatchSize == 0 || _options.BatchSize >= Split.Train.Length;
        _order = OrderOf(restarts: 0);
        _heldOut = new HeldOutEvaluator(Model, Split.Test, _workers);
        _training = new Lazy<HeldOutEvaluator>(() => new HeldOutEvaluator(Model, Split.Train, _workers));
    }

    /// <summary>The model, trained in place.</summary>
    public Transformer Model { get; }

    /// <summary>The pairs trained on and held out.</summary>
    public DataSplit Split { get; }

    internal OptimiserStep Optimiser { get; }

    internal TrainerCounters Counters { get; private set; } = new();

    /// <summary>Called before each step with the number of steps taken, so that tests can stop anywhere.</summary>
    internal Action<long>? BeforeStep { get; set; }

    /// <summary>Epochs that the start at work was trained.</summary>
    internal int Epoch => (int)(Counters.Step / _order.StepsPerEpoch);

    private long StepsInAll => Counters.EarlierSteps + Counters.Step;

    /// <summary>Trains to the end.</summary>
    /// <param name="progress">Told of each evaluation; may be null.</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <exception cref="TrainingDivergedException">The loss is not a number, or too large.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped.</exception>
    public TransformerTrainingResult Train(Action<TrainingProgress>? progress = null, CancellationToken cancellation = default) =>
        Train(store: null, progress, cancellation);

    internal TransformerTrainingResult Train(
        ITrainingStore? store, Action<TrainingProgress>? progress, CancellationToken cancellation)
    {
        var (start, firstStep) = (_time.GetTimestamp(), StepsInAll);
        double StepsPerSecond() => (StepsInAll - firstStep) / Math.Max(1e-9, _time.GetElapsedTime(start).TotalSeconds);
        while (true)
        {
            if (Counters.Step % _order.StepsPerEpoch == 0)
            {
                if (!Counters.Finished)
                {
                    EndOfEpoch(store, () => Report(progress, StepsPerSecond()), cancellation);
                }

                if (_schedule.StartsAgain(Counters))
                {
                    StartAgain(store);
                    continue;
                }

                if (Counters.Finished)
                {
                    break;
                }
            }

            if (cancellation.IsCancellationRequested)
            {
                store?.SaveState(this);
                cancellation.ThrowIfCancellationRequested();
            }

            BeforeStep?.Invoke(Counters.Step);
            Step();
        }

        return new TransformerTrainingResult(
            Epoch, Counters.Step, Counters.MemorisedEpoch, Counters.GrokEpoch, Counters.GrokStep, _last ?? Evaluate(CancellationToken.None),
            Counters.StoppedEarly, StepsPerSecond())
        {
            Restarts = Counters.Restarts,
        };
    }

    /// <summary>
    /// Goes on from counters; weights and moments have been put in place. A finished training may go on to a later epoch.
    /// </summary>
    internal void Resume(TrainerCounters counters)
    {
        Counters = counters;
        _order = OrderOf(counters.Restarts);
        Optimiser.Steps = counters.Step;

        // The evaluation of the last epoch may have been interrupted: it still decides whether the gate is passed.
        var ended = counters.EvaluatedEpoch >= Epoch && Epoch >= _schedule.LastEpoch(counters);
        Counters = counters with { Finished = counters.StoppedEarly || ended };
    }

    private BatchOrder OrderOf(int restarts) => new(
        Split.Train, _isFullBatch ? Split.Train.Length : _options.BatchSize, _options.SeedOfOrder(restarts), "transformer.order");

    // The split stays: whoever reads the checkpoint finds the held-out pairs by the seed that was given.
    private void StartAgain(ITrainingStore? store)
    {
        Counters = new TrainerCounters { Restarts = Counters.Restarts + 1, EarlierSteps = StepsInAll };
        TransformerInitialisation.Fill(
            Model.Parameters, Model.Options, TransformerShape.Of(Model.Task), _options.SeedOfInitialisation(Counters.Restarts));
        Optimiser.Reset();
        _order = OrderOf(Counters.Restarts);
        _forwardIsCurrent = false;
        store?.SaveState(this);
    }

    private void EndOfEpoch(ITrainingStore? store, Action report, CancellationToken cancellation)
    {
        // After resuming, the epoch's evaluation is already on record.
        var epoch = Epoch;
        if (Counters.EvaluatedEpoch < epoch && (epoch % _options.EvaluateEvery == 0 || epoch >= _schedule.LastEpoch(Counters)))
        {
            _last = EvaluateResumably(store, cancellation);
            var improved = _last.TestLoss < Counters.BestTestLoss;
            Counters = _schedule.Advance(Counters, _last, PassesGate(_last));
            store?.Append(_last);
            if (improved)
            {
                store?.SaveBest(Model, _last);
            }

            report();
            if (Counters.Finished)
            {
                store?.SaveState(this);
                return;
            }
        }

        if (_options.CheckpointEvery > 0 && epoch > 0 && epoch % _options.CheckpointEvery == 0)
        {
            store?.SaveCheckpoint(Model, epoch, Counters.Restarts);
            store?.SaveState(this);
        }
    }

    private void Step()
    {
        if (!_isFullBatch || Optimiser.IsUnbound)
        {
            Optimiser.Bind(_isFullBatch ? Split.Train : _order.Rows(Counters.Step).Span);
            _forwardIsCurrent = false;
        }

        if (!_forwardIsCurrent)
        {
            Optimiser.Forward();
        }

        _forwardIsCurrent = false;
        var loss = Optimiser.Backward();
        if (!(loss <= _options.DivergenceLoss))
        {
            throw new TrainingDivergedException(Counters.Step + 1, loss);
        }

        Optimiser.Update(_schedule.Settings(Counters, Epoch), _options.MaximumGradientNorm);
        Counters = Counters with { Step = Counters.Step + 1 };
    }

    // An epoch whose evaluation was interrupted is evaluated again: it is not on record.
    private TrainingRecord EvaluateResumably(ITrainingStore? store, CancellationToken cancellation)
    {
        try
        {
            return Evaluate(cancellation);
        }
        catch (OperationCanceledException)
        {
            store?.SaveState(this);
            throw;
        }
    }

    private TrainingRecord Evaluate(CancellationToken cancellation)
    {
        var train = EvaluateTraining();
        var test = _heldOut.Evaluate();
        var measure = (_options.MeasureEvery > 0 && Epoch % _options.MeasureEvery == 0) || _schedule.AwaitsGate(Counters);
        return new TrainingRecord
        {
            Restarts = Counters.Restarts,
            Epoch = Epoch,
            Step = Counters.Step,
            TrainLoss = train.Loss,
            TrainAccuracy = train.Accuracy,
            TestLoss = test.Loss,
            TestAccuracy = test.Accuracy,
            LearningRate = _schedule.LearningRate(Counters, Epoch),
            SumOfSquaredWeights = Reductions.SumOfSquares(Model.Parameters.All),
            Measures = measure ? ProgressMeasures.Of(Model, Split, _workers.Until(cancellation)) : null,
        };
    }

    private bool PassesGate(TrainingRecord record) =>
        record.Measures is not null
        && TransformerGate.Check(Model, new Evaluation(record.TestLoss, record.TestAccuracy), record.Measures).All(check => check.Ok);

    // With full batches, the evaluation's forward pass is that of the step that follows.
    private Evaluation EvaluateTraining()
    {
        if (!_isFullBatch)
        {
            return _training.Value.Evaluate();
        }

        if (Optimiser.IsUnbound)
        {
            Optimiser.Bind(Split.Train);
        }

        Optimiser.Forward();
        _forwardIsCurrent = true;
        return Optimiser.Evaluate();
    }

    private void Report(Action<TrainingProgress>? progress, double stepsPerSecond)
    {
        if (progress is null)
        {
            return;
        }

        var last = _schedule.LastEpoch(Counters);
        var epochsPerSecond = stepsPerSecond / _order.StepsPerEpoch;
        TimeSpan? left = epochsPerSecond > 0 ? TimeSpan.FromSeconds(Math.Max(0, last - Epoch) / epochsPerSecond) : null;
        progress(new TrainingProgress(_last!, StepsInAll, last, epochsPerSecond, left));
    }
}
