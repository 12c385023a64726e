using System.Globalization;
using System.Text;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Names that become folders.</summary>
internal static class StudyNames
{
    public const string Pattern = "^[a-z0-9][a-z0-9_.-]*$";

    /// <summary>Names that occur more than once, or differ from another by nothing a file system sees.</summary>
    public static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key);

    /// <summary>A text as a part of a name: small letters and digits, all else a dash.</summary>
    public static string Part(string text)
    {
        var part = new StringBuilder();
        foreach (var c in text.ToLower(CultureInfo.InvariantCulture))
        {
            part.Append(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' ? c : '-');
        }

        return part.ToString();
    }
}
