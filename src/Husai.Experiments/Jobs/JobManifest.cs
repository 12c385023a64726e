using Husai.Formats.Checksums;

namespace Husai.Experiments.Jobs;

/// <summary><c>manifest.json</c> of a job's folder: what it is the result of, and how it came about.</summary>
internal sealed record JobManifest
{
    public const string FileName = "manifest.json";

    public required string Name { get; init; }

    public required string Kind { get; init; }

    /// <summary>Hash of all inputs.</summary>
    public required string Key { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>Whether a job ended with the result of these inputs, whatever has become of its files since.</summary>
    public bool IsFinished(string key) => Status == JobStatus.Complete && Key == key;

    /// <summary>When the first attempt began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When the last attempt ended, UTC.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>Time of all attempts that ended in good order.</summary>
    public double Seconds { get; init; }

    /// <summary>Times that the work was begun or taken up.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Threads of the last attempt.</summary>
    public int Threads { get; init; } = 1;

    public string? Error { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Files of the result with their lengths in bytes, in ordinal order of their paths.</summary>
    public IReadOnlyDictionary<string, long> Files { get; init; } = new Dictionary<string, long>();

    /// <summary>Checksums of the files (<see cref="FileChecksum"/>); none in folders of earlier versions.</summary>
    public IReadOnlyDictionary<string, string> Checksums { get; init; } = new Dictionary<string, string>();

    /// <summary>Patterns of all files that the job writes: nothing else is ever deleted from its folder.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];
}
