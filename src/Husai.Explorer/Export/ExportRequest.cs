using Husai.Analysis.Stability;
using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Export;

/// <summary>What of a study is written as pages, and where.</summary>
internal sealed record ExportRequest
{
    /// <summary>Most latents of each SAE that an export may have pages of.</summary>
    public const int MostLatents = 200;

    /// <summary>Folder of the study.</summary>
    public required string Study { get; init; }

    /// <summary>Folder to write to, which is not there yet or empty.</summary>
    public required string Output { get; init; }

    /// <summary>How many latents of each SAE have a page: those that fire most often.</summary>
    public required int Latents { get; init; }

    /// <summary>The explorer's own folder, whose contexts are shown too; null for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Threads to compare SAEs with.</summary>
    public required Workers Workers { get; init; }

    /// <summary>Told how far it has come.</summary>
    public Action<StageProgress>? Progress { get; init; }
}
