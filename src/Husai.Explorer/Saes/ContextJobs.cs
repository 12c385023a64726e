using System.Globalization;
using Husai.Analysis.Latents;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Storage;
using Husai.Experiments.Latents;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Formats.Files;
using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Saes;

/// <summary>
/// Computes what the latents of an SAE fire on, when a reader asks for it, from the activations of its study: into the explorer's cache,
/// never into a folder that is shown. One SAE after the other, each for all latents at once.
/// </summary>
internal sealed class ContextJobs : IDisposable
{
    private readonly FolderTree _tree;
    private readonly ContextFolders _folders;
    private readonly int _threads;
    private readonly Lock _sync = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _end;
    private readonly Dictionary<FileStamp, ContextJob> _jobs = [];
    private Task _last = Task.CompletedTask;

    /// <param name="tree">The folders that are shown.</param>
    /// <param name="folders">Where profiles lie.</param>
    /// <param name="threads">Threads to compute with.</param>
    public ContextJobs(FolderTree tree, ContextFolders folders, int threads) =>
        (_tree, _folders, _threads, _end) = (tree, folders, threads, _ending.Token);

    /// <summary>What can be had of an SAE without profiles; null where its activations are not known, so that nothing can.</summary>
    public ContextOffer? OfferFor(string sae)
    {
        if (SaePlace.ActivationsOf(_tree, sae) is null)
        {
            return null;
        }

        lock (_sync)
        {
            return _jobs.GetValueOrDefault(FileStamp.OfWeights(sae)) switch
            {
                { IsDone: false } job => new ContextOffer(false, job.Progress),
                { Failure: { Length: > 0 } failure } => new ContextOffer(true, Problem: failure),
                _ when _folders.CacheOf(sae) is null => new ContextOffer(
                    false, Problem: "The explorer has no folder of its own to compute into: start it with --cache DIR."),
                _ => new ContextOffer(true),
            };
        }
    }

    /// <summary>Begins to compute for SAEs, unless that is done or being done already.</summary>
    /// <exception cref="NothingThereException">There is nothing to compute from, or nowhere to compute to.</exception>
    public void Start(IEnumerable<string> saes)
    {
        foreach (var sae in saes)
        {
            StartOne(sae);
        }
    }

    /// <summary>Ends what is at work; nothing is left half-written.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        Task last;
        lock (_sync)
        {
            last = _last;
        }

        ((IAsyncResult)last).AsyncWaitHandle.WaitOne();
        _ending.Dispose();
    }

    private void StartOne(string sae)
    {
        if (SaePlace.ActivationsOf(_tree, sae) is not { } activations || _folders.CacheOf(sae) is not { } output)
        {
            throw new NothingThereException("What this latent fires on cannot be computed here.");
        }

        lock (_sync)
        {
            var key = FileStamp.OfWeights(sae);
            if (_jobs.GetValueOrDefault(key) is { IsDone: false } || _folders.Find(sae) is not null)
            {
                return;
            }

            var job = new ContextJob();
            _jobs[key] = job;

            // Without the token, which would end a job that waits at once, and with it the wait for the job at work.
            _last = _last.ContinueWith(
                _ => Run(job, sae, activations, output), CancellationToken.None, TaskContinuationOptions.LongRunning,
                TaskScheduler.Default);
        }
    }

    private void Run(ContextJob job, string sae, string path, string output)
    {
        try
        {
            _end.ThrowIfCancellationRequested();
            var saved = SaeFolder.Load(sae);
            using var activations = ProfiledActivations.Open(path);
            using var workers = new Workers(_threads);
            using var taken = FolderLock.Take(output);
            var options = new LatentProfileOptions();
            var profiles = LatentProfiler.Measure(
                saved.Sae, activations.Rows, [.. Enumerable.Range(0, saved.Sae.Latents)], options, workers, job.Report, _end);
            LatentFolderWriter.Write(
                output, activations.IndexFor(SaeFolder.WeightsHash(saved.Sae), saved.Sae.Latents, options),
                [.. profiles.Select(activations.Describe)], _end);
            job.End("");
        }
        catch (OperationCanceledException)
        {
            job.End("It was ended.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            job.End(ShownText.Name(error.Message));
        }
        catch (Exception error)
        {
            // Whatever it is: the job does not stay at work.
            job.End(ShownText.Name($"{error.GetType().Name}: {error.Message}"));
        }
    }

    private sealed class ContextJob
    {
        private volatile string _progress = "waiting for its turn";
        private volatile string? _failure;

        public bool IsDone => _failure is not null;

        /// <summary>Why it failed; empty where it did not, null before its end.</summary>
        public string? Failure => _failure;

        public string Progress => _progress;

        public void Report(StageProgress progress) => _progress = string.Create(
            CultureInfo.InvariantCulture, $"{progress.Stage}: {progress.Done} of {progress.Total}");

        public void End(string failure) => _failure = failure;
    }
}
