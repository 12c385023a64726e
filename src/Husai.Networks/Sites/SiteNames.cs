using System.Text.Json;

namespace Husai.Networks.Sites;

/// <summary>The kinds of sites by the names that commands and files use.</summary>
public static class SiteNames
{
    /// <summary>The name of a kind, such as <c>resid_post</c>.</summary>
    public static string Of(SiteKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
