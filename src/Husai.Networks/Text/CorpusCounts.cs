namespace Husai.Networks.Text;

/// <summary>What was read of a corpus.</summary>
internal sealed class CorpusCounts
{
    /// <summary>Documents with at least one token.</summary>
    public long Documents { get; internal set; }

    /// <summary>Documents of which only the beginning fits into a context.</summary>
    public long CutDocuments { get; internal set; }

    /// <summary>Tokens of text in contexts.</summary>
    public long Tokens { get; internal set; }

    /// <summary>Contexts.</summary>
    public long Contexts { get; internal set; }
}
