namespace Husai.Explorer.Saes;

/// <summary>What becomes of contexts that are not there yet.</summary>
/// <param name="CanStart">Whether the reader may have them computed.</param>
/// <param name="Progress">How far that has come, or empty.</param>
/// <param name="Problem">Why it cannot be done, or failed; empty where there is nothing to say.</param>
public sealed record ContextOffer(bool CanStart, string Progress = "", string Problem = "")
{
    /// <summary>Whether they are being computed.</summary>
    public bool IsAtWork => Progress.Length > 0;
}
