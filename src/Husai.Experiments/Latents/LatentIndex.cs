using Husai.Analysis.Latents;

namespace Husai.Experiments.Latents;

/// <summary>The content of <c>latents.json</c>: what was measured, and for each latent its numbers and where its profile lies.</summary>
internal sealed record LatentIndex
{
    /// <summary>The file in the folder.</summary>
    public const string FileName = "latents.json";

    /// <summary>What the file says that it is.</summary>
    public const string FormatName = "husai latent profiles";

    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What the file is: <see cref="FormatName"/>.</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>SHA-256 of the SAE's weights.</summary>
    public required string SaeHash { get; init; }

    /// <summary>Number of latents of the SAE, be there profiles of all of them or not.</summary>
    public required int SaeLatents { get; init; }

    /// <summary>Hash of the store, or of the activations in another file.</summary>
    public required string ActivationsHash { get; init; }

    /// <summary>Number of rows that were looked at.</summary>
    public required long Rows { get; init; }

    /// <summary>The activations' network, as far as it is known.</summary>
    public string? Model { get; init; }

    /// <summary>The activations' text, as far as it is known.</summary>
    public string? Corpus { get; init; }

    /// <summary>How text was split into tokens; null where there is none.</summary>
    public string? Tokenizer { get; init; }

    /// <summary>Hash of the tokenizer that the texts of the tokens come from; null where there are none.</summary>
    public string? TokenizerHash { get; init; }

    /// <summary>What was looked for of each latent.</summary>
    public required LatentProfileOptions Options { get; init; }

    /// <summary>The file with the profiles, a line of JSON for each latent.</summary>
    public string? File { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The latents, in order.</summary>
    public IReadOnlyList<LatentEntry> Latents { get; init; } = [];
}

/// <summary>A latent in the index.</summary>
/// <param name="Latent">The latent.</param>
/// <param name="FiringFrequency">Share of the rows on which it fires.</param>
/// <param name="MeanActivation">Mean activation where it fires; 0 if it never does.</param>
/// <param name="LargestActivation">Its largest activation; 0 if it never fires.</param>
/// <param name="Start">The byte of the file at which its profile begins.</param>
/// <param name="Length">Bytes of its profile.</param>
internal sealed record LatentEntry(
    int Latent, double FiringFrequency, double MeanActivation, float LargestActivation, long Start, int Length);
