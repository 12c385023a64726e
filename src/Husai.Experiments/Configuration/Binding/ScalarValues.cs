using System.Globalization;
using System.Text.RegularExpressions;
using Husai.Experiments.Configuration.Yaml;

namespace Husai.Experiments.Configuration.Binding;

/// <summary>Turns single values into numbers, bools, strings and enumeration members.</summary>
internal static partial class ScalarValues
{
    private const int MaximumNumberLength = 64;

    /// <summary>Whether values of the type are written as one scalar.</summary>
    public static bool IsScalar(Type type) =>
        type.IsEnum || type == typeof(string)
            || (type.IsPrimitive && type != typeof(char) && type != typeof(nint) && type != typeof(nuint));

    /// <summary>Reads a value.</summary>
    /// <param name="node">The value as written.</param>
    /// <param name="type">A type for which <see cref="IsScalar"/> holds.</param>
    /// <param name="value">The value read.</param>
    /// <param name="expected">If there is none: what was expected, such as "a whole number".</param>
    public static bool TryRead(ScalarNode node, Type type, out object? value, out string expected)
    {
        (value, expected) = ReadAs(node, type);
        return value is not null;
    }

    private static (object? Value, string Expected) ReadAs(ScalarNode node, Type type)
    {
        if (type == typeof(string))
        {
            return (node.Value, "a text");
        }

        if (type.IsEnum)
        {
            return ReadEnum(node.Value, type);
        }

        if (type == typeof(bool))
        {
            return (node.IsPlain ? ReadBool(node.Value) : null, "true or false");
        }

        var isFraction = type == typeof(float) || type == typeof(double);
        // Quoted too: templates and shells put quotes around everything, and the key says that it is a number.
        if (node.Value.Length > MaximumNumberLength || !Number.IsMatch(node.Value))
        {
            return (null, isFraction ? "a number" : "a whole number");
        }

        return isFraction ? ReadFraction(node.Value, type) : ReadWhole(node.Value, type);
    }

    private static object? ReadBool(string text) => text switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ => null,
    };

    private static (object?, string) ReadFraction(string digits, Type type)
    {
        // Parsed in the type itself: by way of double a float could be rounded twice.
        var value = type == typeof(float)
            ? (object)float.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture)
            : double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return (
            double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) ? value : null,
            $"a number within the range of {type.Name}");
    }

    private static (object?, string) ReadWhole(string digits, Type type)
    {
        // 1e6 is a usual way to write a number of steps. A negative exponent could hide digits.
        if (digits.Contains("e-", StringComparison.OrdinalIgnoreCase)
            || !decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number != decimal.Truncate(number))
        {
            return (null, "a whole number");
        }

        try
        {
            return (Convert.ChangeType(number, type, CultureInfo.InvariantCulture), "");
        }
        catch (OverflowException)
        {
            var (smallest, largest) = (type.GetField("MinValue")!.GetValue(null), type.GetField("MaxValue")!.GetValue(null));
            return (null, string.Create(CultureInfo.InvariantCulture, $"a whole number from {smallest} to {largest}"));
        }
    }

    private static (object?, string) ReadEnum(string text, Type type)
    {
        var members = OptionNames.OfEnum(type);
        var found = members.FirstOrDefault(member => member.IsCalled(text))?.Value;
        return (found, found is null ? Choice(text, members.Select(member => member.Name)) : "");
    }

    /// <summary>The names to choose from, the nearest one pointed out.</summary>
    public static string Choice(string text, IEnumerable<string> names)
    {
        var all = names.ToArray();
        var nearest = NearestName.Find(text, all);
        return $"one of {string.Join(", ", all)}{(nearest is null ? "" : $" (did you mean '{nearest}'?)")}";
    }

    // No underscores: YAML 1.1 has them, 1.2 takes 1_0 for text.
    [GeneratedRegex(
        @"^[+-]?([0-9]+)?(\.([0-9]+)?)?(?<=[0-9.])(?<!^[+-]?\.)([eE][+-]?[0-9]+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Number { get; }
}
