using System.Text.Json;

namespace Husai.Networks.Sites;

/// <summary>The kinds of sites by the names that commands and files use.</summary>
internal static class SiteNames
{
    /// <summary>The name of a kind, such as <c>resid_post</c>.</summary>
    public static string Of(SiteKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    /// <summary>A folder's name for a site: what is no letter or digit is replaced.</summary>
    /// <param name="name">The site's short name, or the tensor's.</param>
    public static string FolderOf(string name) => string.Concat(
        name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_')).Trim('.');
}
