using System.Collections.Concurrent;
using Husai.Experiments.Clusters.Status;
using Husai.Experiments.Configuration;

namespace Husai.Explorer.Runs;

/// <summary>How far studies have come. One that nothing works on is not read again for a while.</summary>
internal sealed class StudyProgress(TimeProvider time)
{
    private static readonly TimeSpan FreshAtWork = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan FreshAtRest = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (long ReadAt, StudyStatus? Status)> _known = new(StringComparer.Ordinal);

    /// <summary>The status of a study; null where it cannot be read.</summary>
    public StudyStatus? Of(string folder)
    {
        if (_known.TryGetValue(folder, out var known)
            && time.GetElapsedTime(known.ReadAt) < (known.Status?.IsLive == true ? FreshAtWork : FreshAtRest))
        {
            return known.Status;
        }

        var status = Read(folder);
        _known[folder] = (time.GetTimestamp(), status);
        return status;
    }

    private StudyStatus? Read(string folder)
    {
        try
        {
            return new StudyStatusReader(folder, time).Read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ConfigurationException or ArgumentException)
        {
            return null;
        }
    }
}
