using System.Net;
using System.Text.RegularExpressions;

namespace Husai.Explorer.Export;

/// <summary>A page of the explorer as a file: its links lead to other files, or nowhere, and it asks no server for anything.</summary>
internal static partial class ExportedPage
{
    /// <summary>Rewrites a page.</summary>
    /// <param name="page">The page as the server sends it.</param>
    /// <param name="plan">Which pages there are.</param>
    /// <param name="note">What is said below it, as text.</param>
    public static string Of(string page, ExportPlan plan, string note)
    {
        var text = Refresh().Replace(page, "").Replace("<body>", "<body class=\"export\">", StringComparison.Ordinal);
        text = Live().Replace(text, "");
        text = Footer().Replace(text, _ => $"<footer class=\"note\">{WebUtility.HtmlEncode(note)}</footer>");
        return Address().Replace(text, match => Rewritten(match, plan));
    }

    private static string Rewritten(Match match, ExportPlan plan)
    {
        var (attribute, link) = (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value));
        var target = link is "/explorer.css" or "/explorer.js" ? link[1..] : attribute == "href" ? plan.FileOf(link) : null;
        return target is null ? "" : $" {attribute}=\"{target}\"";
    }

    // The renderer writes attributes with double quotes, and text without any.
    [GeneratedRegex(" (href|src|action)=\"(/[^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Refresh();

    [GeneratedRegex(" data-live=\"[^\"]*\"", RegexOptions.CultureInvariant)]
    private static partial Regex Live();

    [GeneratedRegex("<footer.*?</footer>", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Footer();
}
