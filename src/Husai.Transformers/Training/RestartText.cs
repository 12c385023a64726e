namespace Husai.Transformers.Training;

/// <summary>How the progress of a training names a start.</summary>
internal static class RestartText
{
    /// <summary>What comes before the epoch: <c>restart 1, </c>; nothing for the first start.</summary>
    public static string Before(TrainingRecord record) =>
        record.Restarts > 0 ? FormattableString.Invariant($"restart {record.Restarts}, ") : "";
}
