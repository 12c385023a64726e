using System.Collections;
using System.Globalization;
using System.Text;
using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Configuration;

/// <summary>Writes option records as YAML that <see cref="ConfigurationReader"/> reads back to equal options.</summary>
public static class ConfigurationWriter
{
    private const string Indent = "  ";

    /// <summary>
    /// All options, defaults included, in the order of their declaration; the same text for the same options. An option that JSON leaves
    /// out at its default is left out here too.
    /// </summary>
    /// <param name="options">A record as <see cref="ConfigurationReader"/> makes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string Write(object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var text = new StringBuilder();
        WriteEntries(text, Entries(options), "");
        return text.ToString();
    }

    private static void WriteEntries(StringBuilder text, IEnumerable<(string Key, object? Value)> entries, string indent)
    {
        foreach (var (key, value) in entries)
        {
            text.Append(indent).Append(YamlText.OfString(key)).Append(':');
            WriteValue(text, value, indent);
        }
    }

    // The cursor stands behind a key; ends the line.
    private static void WriteValue(StringBuilder text, object? value, string indent)
    {
        if (value is null || ScalarValues.IsScalar(value.GetType()))
        {
            text.Append(' ').Append(YamlText.OfScalar(value)).Append('\n');
        }
        else if (value is IEnumerable and not IDictionary)
        {
            WriteList(text, [.. ((IEnumerable)value).Cast<object?>()], indent);
        }
        else if (Entries(value) is { Count: > 0 } entries)
        {
            text.Append('\n');
            WriteEntries(text, entries, indent + Indent);
        }
        else
        {
            text.Append(" {}\n");
        }
    }

    private static void WriteList(StringBuilder text, object?[] items, string indent)
    {
        if (items.All(item => item is null || ScalarValues.IsScalar(item.GetType())))
        {
            text.Append(CultureInfo.InvariantCulture, $" [{string.Join(", ", items.Select(YamlText.OfScalar))}]\n");
            return;
        }

        text.Append('\n');
        foreach (var item in items)
        {
            // A record begins on the line after the dash.
            text.Append(indent).Append(Indent).Append('-');
            WriteValue(text, item, indent + Indent);
        }
    }

    private static List<(string Key, object? Value)> Entries(object value) => value is IDictionary dictionary
        ? [.. dictionary.Keys.Cast<string>().Select(key => (key, dictionary[key]))]
        :
        [
            .. from property in OptionProperty.Of(value.GetType())
               let own = property.Property.GetValue(value)
               where !property.IsLeftOut(own)
               select (property.Name, own),
        ];
}
