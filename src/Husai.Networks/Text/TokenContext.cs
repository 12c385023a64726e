namespace Husai.Networks.Text;

/// <summary>Tokens that a network reads together.</summary>
/// <param name="Number">Which context of the corpus, from 0 on.</param>
/// <param name="Tokens">The tokens, special ones included.</param>
internal sealed record TokenContext(long Number, IReadOnlyList<ContextToken> Tokens);
