using Husai.Experiments.Folders;
using Husai.Experiments.Jobs;

namespace Husai.Explorer.Runs;

/// <summary>Kinds and states of runs in words.</summary>
internal static class RunText
{
    public static string Kind(RunKind kind) => kind switch
    {
        RunKind.Study => "study",
        RunKind.SaeTraining => "training of an SAE",
        RunKind.TransformerTraining => "training of a transformer",
        _ => "SAE",
    };

    /// <summary>A state with its reason, where there is one.</summary>
    public static string State(JobStatus status, string reason)
    {
        var word = status switch
        {
            JobStatus.Pending => "waiting",
            JobStatus.Running => "running",
            JobStatus.Complete => "complete",
            JobStatus.Failed => "failed",
            JobStatus.Blocked => "left out",
            _ => "interrupted",
        };
        return reason.Length == 0 ? word : $"{word}: {ShownText.Name(reason)}";
    }
}
