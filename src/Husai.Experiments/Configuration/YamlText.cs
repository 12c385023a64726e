using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Configuration;

/// <summary>Single values as YAML text that every YAML reader takes for the same type.</summary>
internal static partial class YamlText
{
    private static readonly HashSet<string> _reserved =
        new(["null", "true", "false", "yes", "no", "on", "off", "y", "n"], StringComparer.OrdinalIgnoreCase);

    /// <summary>A value as text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="earlier">Whether a value with an earlier name is called by that.</param>
    public static string OfScalar(object? value, bool earlier = false) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => OfString(text),
        float number => OfFraction(number.ToString("R", CultureInfo.InvariantCulture)),
        double number => OfFraction(number.ToString("R", CultureInfo.InvariantCulture)),
        Enum member => OfMember(OptionNames.OfEnum(member.GetType()).First(candidate => candidate.Value.Equals(member)), earlier),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string OfMember(OptionValue member, bool earlier) => earlier ? member.Earlier : member.Name;

    /// <summary>The text itself where that is safe, else in double quotes.</summary>
    public static string OfString(string text)
    {
        if (Plain.IsMatch(text) && !_reserved.Contains(text))
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    // YAML 1.1 readers take 1E-05 for text: a fraction needs its point.
    private static string OfFraction(string digits)
    {
        if (digits.Contains('N', StringComparison.Ordinal) || digits.Contains('I', StringComparison.Ordinal)
            || digits.Contains('∞', StringComparison.Ordinal))
        {
            throw new ArgumentException($"{digits} cannot stand in a configuration");
        }

        if (digits.Contains('.', StringComparison.Ordinal))
        {
            return digits.Replace('E', 'e');
        }

        var exponent = digits.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? $"{digits}.0" : $"{digits[..exponent]}.0e{digits[(exponent + 1)..]}";
    }

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_./-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain { get; }
}
