namespace Husai.Experiments.Jobs;

/// <summary>Follows a run, on the thread that started it.</summary>
internal interface IJobObserver
{
    /// <summary>Called about four times a second.</summary>
    void Progress(RunProgress progress);

    /// <summary>A job has failed; the others continue.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="reason">What went wrong, on one line.</param>
    void Failed(string job, string reason);

    /// <summary>A result is not as it was written, and is computed again.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="damage">What is wrong, on one line.</param>
    void Damaged(string job, string damage);
}

/// <summary>How far a run has come.</summary>
/// <param name="Done">Jobs that need no more work, those included that were done before.</param>
/// <param name="Total">Jobs in all.</param>
/// <param name="Fraction">Share of the work that is done, by estimated cost, from 0 to 1.</param>
/// <param name="Elapsed">Time since the run was started.</param>
/// <param name="Left">Estimate of the time that is left; null at first.</param>
/// <param name="Running">Jobs at work.</param>
internal sealed record RunProgress(
    int Done, int Total, double Fraction, TimeSpan Elapsed, TimeSpan? Left, IReadOnlyList<RunningJob> Running);

/// <summary>A job at work.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fraction">Share that is done, from 0 to 1.</param>
/// <param name="Note">A few words, such as the loss.</param>
/// <param name="Threads">Threads it computes with.</param>
internal sealed record RunningJob(string Name, double Fraction, string Note, int Threads);
