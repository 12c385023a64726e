namespace Husai.Experiments.Jobs;

/// <summary>What became of a job.</summary>
internal enum JobStatus
{
    /// <summary>Not begun, or a dependency is missing yet.</summary>
    Pending,

    /// <summary>At work; in the manifest of a process that was killed, too.</summary>
    Running,

    /// <summary>Its result is there.</summary>
    Complete,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It could not begin because a job that it depends on failed.</summary>
    Blocked,

    /// <summary>It was asked to stop and can be resumed.</summary>
    Interrupted,
}
