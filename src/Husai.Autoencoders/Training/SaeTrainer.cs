using System.Text.Json;
using System.Text.Json.Nodes;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Training.Starts;
using Husai.Formats.Files;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Training;

/// <summary>Trains one SAE. The result depends on options and activations alone: not on threads, machine, or interruptions.</summary>
internal sealed class SaeTrainer
{
    private readonly SaeOptions _options;
    private readonly ResolvedOptions _resolved;
    private readonly IActivationSource _source;
    private readonly IActivationSource _inputs;
    private readonly InputWhitening? _whitening;
    private readonly TrainingFolder? _folder;
    private readonly Provenance _provenance;
    private readonly Workers _workers;
    private readonly TimeProvider _time;
    private readonly RowSplit _split;
    private readonly float _inputScale;
    private readonly TrainingWeights _weights;
    private readonly ITrainingEngine _engine;
    private readonly StepSchedule _schedule;
    private readonly BatchOrder _order;
    private readonly Matrix _batch;
    private ReconstructionMetrics? _last;
    private (long Step, int K, ReconstructionMetrics Metrics)? _measured;
    private CancellationToken _cancellation;

    /// <summary>Prepares training from the initial weights.</summary>
    /// <param name="options">What to train.</param>
    /// <param name="source">The activations.</param>
    /// <param name="folder">Where to save weights, metrics and checkpoints; null for nowhere.</param>
    /// <param name="provenance">Where the activations come from, for <c>cfg.json</c>; the activations are identified here where it does
    /// not.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="time">The clock for speeds; it has no influence on the result.</param>
    /// <param name="pinnedDecoder">
    /// <c>[pinned latents, width]</c>: decoder rows of the first latents, which training leaves as they are; their encoder rows are learnt
    /// unless they are pinned too. Null for none.
    /// </param>
    /// <param name="startingDecoder">
    /// <c>[latents, width]</c>, at most as many rows as there are latents: unit directions that the first latents start from, in the units
    /// of the activations. Null for those that the options ask for.
    /// </param>
    /// <param name="pinnedEncoder">Whether the encoder rows and biases of the pinned latents stay as they start.</param>
    /// <exception cref="ArgumentException">The options do not fit the activations, or the pinned rows do not fit the options.</exception>
    /// <exception cref="NonFiniteActivationsException">The activations hold a value that is not finite, in the rows from which
    /// initialisation starts.</exception>
    public SaeTrainer(
        SaeOptions options, IActivationSource source, string? folder = null, Provenance? provenance = null,
        Workers? workers = null, TimeProvider? time = null, Matrix? pinnedDecoder = null,
        Matrix? startingDecoder = null, bool pinnedEncoder = false)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        if (source.Rows < 2 || source.Width < 1)
        {
            throw new ArgumentException($"the activations are [{source.Rows}, {source.Width}]: too few to train on", nameof(source));
        }

        _split = new RowSplit(source.Rows, options.HeldOutFraction);
        _options = options;
        _resolved = ResolvedOptions.Resolve(options, source.Width, _split.Train.Length);
        _source = source;
        _provenance = (provenance ?? new Provenance()).Identified(source);
        _folder = folder is null
            ? null
            : new TrainingFolder(folder, _resolved.ToOptions(), _provenance, pinnedDecoder, startingDecoder, pinnedEncoder);
        _workers = workers ?? Workers.Alone;
        _time = time ?? TimeProvider.System;
        var statistics = new ActivationStatistics(source, _split.Train);
        _inputs = source;
        if (_resolved.InputScaling == "whiten")
        {
            _whitening = new InputWhitening(statistics, _workers);
            _inputs = new WhitenedActivations(source, _whitening);
            statistics = new ActivationStatistics(_inputs, _split.Train);
        }

        var normalisation = new InputNormalisation(_resolved, statistics);
        _inputScale = normalisation.Scale;
        _weights = SaeInitialisation.Create(_resolved, normalisation.DecoderBias, _inputScale, rows => StartingDirections.Fill(
            rows, _resolved, _inputs, _split.Train, statistics, normalisation.DecoderBias, _workers));
        GivenDirections.Place(_weights, startingDecoder, _options);
        if (_resolved.DecoderStart is not (DecoderStart.Random or DecoderStart.Uniform) || startingDecoder is not null)
        {
            EncoderLength.Fit(_weights, _resolved, statistics.Sample, _inputScale);
        }

        PinnedRows.Place(_weights, pinnedDecoder, _options);
        _order = new BatchOrder(
            _split.Train, _options.BatchSize, (ulong)(_options.OrderSeed ?? _options.Seed), "sae.order", source.BlockRows,
            _options.DropLast);
        Steps = _options.Epochs * _order.StepsPerEpoch;
        _schedule = new StepSchedule(_resolved, Steps);
        var settings = EngineSettingsFactory.Create(_resolved, source.Width, _order.BatchSize, statistics.Variance, _inputScale);
        var pinned = pinnedDecoder?.Rows ?? 0;
        settings = FrozenWeights.Hold(
            settings with { PinnedLatents = pinned, PinnedEncoders = pinnedEncoder ? pinned : 0 }, _weights, _options.Freeze);
        _engine = TrainingEngines.Create(settings, _weights, _workers);
        _batch = new Matrix(_order.BatchSize, source.Width);
    }

    /// <summary>Steps in all.</summary>
    public long Steps { get; }

    /// <summary>Trains to the end.</summary>
    /// <param name="resume">Whether to resume from the folder's state, if it has one.</param>
    /// <param name="progress">Told of every step; may be null.</param>
    /// <param name="warn">Takes a line of text where something of the folder's records was lost; may be null.</param>
    /// <param name="cancellation">Stops between two steps, after saving a checkpoint.</param>
    /// <exception cref="SaeDivergedException">The loss is not a number.</exception>
    /// <exception cref="NonFiniteActivationsException">The activations hold a value that is not finite.</exception>
    /// <exception cref="OperationCanceledException">Training was stopped.</exception>
    /// <exception cref="InvalidFileException">The folder's checkpoint is damaged, or of a training with other options or on other
    /// activations.</exception>
    public SaeTrainingResult Train(
        bool resume = false, Action<SaeProgress>? progress = null, Action<string>? warn = null,
        CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        BatchMeasures? unrecorded = null;
        if (_folder is not null && !(resume && _folder.TryResume(_weights, Steps, warn, out unrecorded)))
        {
            _folder.Start();
        }

        _engine.Reload();
        long rows = 0;
        var busy = TimeSpan.Zero;
        if (unrecorded is { } last)
        {
            EndStep(last, _schedule.At(_weights.Step - 1));
        }
        else
        {
            KeepSnapshot();
        }

        var first = _weights.Step;
        while (_weights.Step < Steps)
        {
            if (cancellation.IsCancellationRequested)
            {
                // Before the first step there is nothing to save that the folder lacks, and the state of a large SAE takes minutes.
                if (_weights.Step > first)
                {
                    SaveCheckpoint();
                }

                cancellation.ThrowIfCancellationRequested();
            }

            var start = _time.GetTimestamp();
            var (result, settings, taken) = Step();
            busy += _time.GetElapsedTime(start);
            rows += taken;
            EndStep(result, settings);
        }

        return Finish(busy > TimeSpan.Zero ? rows / busy.TotalSeconds : 0);

        void EndStep(in BatchMeasures batch, in StepSettings settings)
        {
            Record(batch, settings);
            progress?.Invoke(new SaeProgress(0, _weights.Step, Steps, rows, batch, settings.LearningRate, settings.K, _last));
        }
    }

    private (BatchMeasures Result, StepSettings Settings, int Rows) Step()
    {
        var step = _weights.Step;
        var rows = _order.Rows(step);
        var batch = _batch.SliceRows(0, rows.Length);
        SourceRows.Copy(_inputs, rows, batch, _workers);
        var settings = _schedule.At(step);
        var result = _engine.Step(batch, settings);
        if (!double.IsFinite(result.Loss))
        {
            NonFiniteActivationsException.ThrowIfAny(_source, rows.Span);
            throw new SaeDivergedException(step + 1);
        }

        if (_options.ResampleEvery > 0 && (step + 1) % _options.ResampleEvery == 0 && step + 1 < Steps)
        {
            var inside = ToSae(new UnscaledWeights(_weights, _inputScale), settings.K);
            DeadLatentResampling.Apply(_weights, inside, batch, _inputScale, _resolved.DeadAfterRows, (ulong)_options.Seed);
            _engine.Reload();
        }

        return (result, settings, rows.Length);
    }

    private void Record(in BatchMeasures result, in StepSettings settings)
    {
        var step = _weights.Step;
        if (_folder is not null && _options.EvaluateEvery > 0 && (step % _options.EvaluateEvery == 0 || step == Steps))
        {
            var sae = Current(settings.K);
            _last = Resumable(
                workers => SaeEvaluator.Evaluate(sae, _source, _split.Measured, _options.DeadThreshold, workers), result);
            _folder.Append(TrainingPoint.Of(step, _order.RowsBefore(step), result, settings, _last));
        }

        KeepSnapshot();
        if (_options.CheckpointEvery > 0 && step % _options.CheckpointEvery == 0)
        {
            SaveCheckpoint();
        }
    }

    private SaeTrainingResult Finish(double rowsPerSecond)
    {
        var (saved, metrics) = Measure(Current(_options.K));
        var checks = SaeCheck.Of(_options, metrics, _provenance.IsArithmetic);
        var hash = SaeFolder.WeightsHash(saved.Sae);
        if (_folder is not null)
        {
            SaveCheckpoint();
            SaeFolder.Save(_folder.Path, saved);
            _folder.WriteSummary(_weights.Step, metrics, checks, hash);
        }

        return new SaeTrainingResult(saved, _weights.Step, metrics, checks, rowsPerSecond, hash);
    }

    // What an earlier attempt kept has the same bits.
    private void KeepSnapshot()
    {
        var step = _weights.Step;
        if (_folder is null || !_options.KeepsSnapshot(step) || _folder.HasSnapshot(step))
        {
            return;
        }

        var (saved, metrics) = Measure(Current(_schedule.At(Math.Max(0, step - 1)).K));
        TrainingSnapshot.Note(saved.Metadata, step, metrics.ExplainedVariance);
        _folder.SaveSnapshot(step, saved);
    }

    // Metrics on the held-out rows; dead share and firing frequencies on all, or on as many as the options say.
    private (SavedSae Saved, ReconstructionMetrics Metrics) Measure(Sae sae)
    {
        // The last snapshot is the SAE that training ends with.
        if (_measured?.Step != _weights.Step || _measured?.K != sae.K)
        {
            _measured = (_weights.Step, sae.K, Resumable(workers => SaeEvaluator.EvaluateHeldOut(
                sae, _source, _options.HeldOutFraction, _options.DeadThreshold, workers, _options.FiringRows)));
        }

        var metrics = _measured.Value.Metrics;
        var metadata = new JsonObject();
        _provenance.WriteTo(metadata);
        metadata["l0"] = metrics.L0;
        metadata["num_dead_features"] = metrics.FiringFrequencies.Count(frequency => frequency < _options.DeadThreshold);
        metadata[MeasuringKeys.HeldOutFraction] = _options.HeldOutFraction;
        metadata[MeasuringKeys.DeadThreshold] = _options.DeadThreshold;
        if (_options.FiringRows is { } firingRows)
        {
            metadata[MeasuringKeys.FiringRows] = firingRows;
        }

        metadata["input_scale"] = _inputScale;
        metadata["seed"] = _options.Seed;
        if (_options.Freeze != FrozenPart.None)
        {
            metadata["freeze"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(_options.Freeze.ToString());
        }

        var saved = new SavedSae(sae)
        {
            TrainingArchitecture = _resolved.Method.Name,
            FiringFrequencies = metrics.FiringFrequencies,
            Metadata = metadata,
        };
        return (saved, metrics);
    }

    // What is measured can be measured again from the state, and from what the last step came to: a signal need not wait for it.
    private ReconstructionMetrics Resumable(Func<Workers, ReconstructionMetrics> measure, BatchMeasures? unrecorded = null)
    {
        try
        {
            return measure(_workers.Until(_cancellation));
        }
        catch (OperationCanceledException)
        {
            _folder?.SaveState(_weights, unrecorded);
            throw;
        }
    }

    private Sae Current(int k) => ToSae(new UnscaledWeights(_weights, _inputScale, _whitening), k);

    private Sae ToSae(UnscaledWeights weights, int k) => _resolved.Method.ToSae(weights, _resolved, Math.Min(k, _weights.Latents));

    private void SaveCheckpoint() => _folder?.SaveState(_weights);
}
