namespace Husai.Experiments.Jobs;

/// <summary>What a job has to work with while it runs.</summary>
internal sealed class JobContext
{
    private readonly Func<Job, string> _folderOf;
    private readonly Func<Job, bool> _isComplete;
    private volatile ReportedProgress _progress = new(0, "", First: null);

    public JobContext(Job job, Func<Job, string> folderOf, Func<Job, bool> isComplete, CancellationToken cancellation)
    {
        Folder = folderOf(job);
        Cancellation = cancellation;
        _folderOf = folderOf;
        _isComplete = isComplete;
    }

    /// <summary>The job's own folder; it exists.</summary>
    public string Folder { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>What was reported last.</summary>
    public ReportedProgress Progress => _progress;

    public string FolderOf(Job dependency) => _folderOf(dependency);

    /// <summary>Whether a dependency has a result: false only for one that the job can do without.</summary>
    public bool IsComplete(Job dependency) => _isComplete(dependency);

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Tells how far the job has come.</summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="note">A few words, such as the loss.</param>
    public void Report(double fraction, string note)
    {
        var share = Math.Clamp(fraction, 0, 1);
        _progress = new(share, note, _progress.First ?? share);
    }
}

/// <summary>How far a job says it has come.</summary>
/// <param name="Fraction">From 0 to 1.</param>
/// <param name="Note">A few words, such as the loss.</param>
/// <param name="First">What it said first: how far an earlier run had come. Null before it has said anything.</param>
internal sealed record ReportedProgress(double Fraction, string Note, double? First);
