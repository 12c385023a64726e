using Husai.Analysis.Latents;

namespace Husai.Explorer.Saes;

/// <summary>What a latent fires on.</summary>
/// <param name="Title">Which latent.</param>
/// <param name="Top">Its largest activations.</param>
/// <param name="Samples">Activations from quantiles of a random sample, the smallest first.</param>
/// <param name="Problem">Why nothing can be shown, or empty.</param>
public sealed record LatentContexts(
    string Title, IReadOnlyList<ShownExcerpt> Top, IReadOnlyList<ShownExcerpt> Samples, string Problem = "")
{
    /// <summary>How strongly it fires, where it fires.</summary>
    internal ActivationHistogram? Histogram { get; init; }

    /// <summary>Number of rows that were looked at.</summary>
    public long Rows { get; init; }
}

/// <summary>An excerpt of text, or the place of a row without text.</summary>
/// <param name="Activation">The activation, in words.</param>
/// <param name="Place">Where the row is from, in words.</param>
/// <param name="Tokens">Its tokens; empty where there is no text.</param>
public sealed record ShownExcerpt(string Activation, string Place, IReadOnlyList<ShownToken> Tokens);

/// <summary>A token of an excerpt.</summary>
/// <param name="Text">Its text, with the space before it.</param>
/// <param name="Shade">From 0 for no activation to <see cref="Darkest"/> for the latent's largest.</param>
/// <param name="IsPeak">Whether it is the excerpt's own.</param>
public sealed record ShownToken(string Text, int Shade, bool IsPeak)
{
    /// <summary>The shade of the largest activation.</summary>
    public const int Darkest = 4;
}
