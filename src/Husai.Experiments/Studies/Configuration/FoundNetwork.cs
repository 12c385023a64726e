using System.ComponentModel;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Which files a network of a study is extracted from, as they were when the study was read.</summary>
internal sealed record FoundNetwork
{
    /// <summary>SHA-256 of the model.</summary>
    [Description("SHA-256 of the model")]
    public required string Model { get; init; }

    /// <summary>SHA-256 of the tokenizer; null without one.</summary>
    [Description("SHA-256 of the tokenizer; none for a text of token ids")]
    public string? Tokenizer { get; init; }

    /// <summary>SHA-256 of the text.</summary>
    [Description("SHA-256 of the text")]
    public required string Text { get; init; }

    /// <summary>Width of each site.</summary>
    [Description("Width of each site, in their order")]
    public required IReadOnlyList<int> Widths { get; init; }
}
