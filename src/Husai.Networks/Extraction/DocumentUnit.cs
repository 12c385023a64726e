namespace Husai.Networks.Extraction;

/// <summary>What is a document of a .txt file.</summary>
public enum DocumentUnit
{
    /// <summary>Each line that is not blank.</summary>
    Line,

    /// <summary>The file.</summary>
    File,
}
