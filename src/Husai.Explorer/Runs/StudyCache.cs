using System.Collections.Concurrent;
using Husai.Experiments.Studies;
using Husai.Reporting.Data;
using Husai.Reporting.Studies;

namespace Husai.Explorer.Runs;

/// <summary>
/// The results of the studies looked at last. They are read again when a job is done, and after some seconds: damage is to be seen.
/// </summary>
internal sealed class StudyCache(TimeProvider time)
{
    private const int MostStudies = 4;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (long ReadAt, int? Done, StudyResults Results, StudyReportData Data)> _known =
        new(StringComparer.Ordinal);

    /// <summary>Reads a study.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="done">Jobs that are done.</param>
    public (StudyResults Results, StudyReportData Data) Read(string folder, int? done)
    {
        if (_known.TryGetValue(folder, out var known) && known.Done == done && time.GetElapsedTime(known.ReadAt) < Fresh)
        {
            return (known.Results, known.Data);
        }

        var results = StudyResults.Load(folder);
        var data = StudyReportBuilder.Build(results, []);
        _known[folder] = (time.GetTimestamp(), done, results, data);
        foreach (var oldest in _known.OrderByDescending(entry => entry.Value.ReadAt).Skip(MostStudies))
        {
            _known.TryRemove(oldest.Key, out _);
        }

        return (results, data);
    }
}
