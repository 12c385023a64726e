namespace Husai.Networks.Sites;

/// <summary>A tensor of a network with a row for each token.</summary>
/// <param name="Name">The tensor's name in the file.</param>
/// <param name="Alias">A short name such as <c>resid_post.3</c>; null where nothing tells what the tensor is.</param>
/// <param name="Layer">The block, from 0 on; null outside blocks, or where nothing tells.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Width">Values for each token.</param>
public sealed record NetworkSite(string Name, string? Alias, int? Layer, SiteKind Kind, int Width);
