using System.Collections;
using System.Globalization;
using System.Text;
using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Configuration;

/// <summary>Makes the YAML of one option record.</summary>
/// <param name="earlierNames">Whether options and values that have an earlier name are called by that.</param>
internal sealed class YamlRecordWriter(bool earlierNames)
{
    private const string Indent = "  ";
    private readonly StringBuilder _text = new();

    /// <summary>The text of a record.</summary>
    public string Write(object options)
    {
        WriteEntries(Entries(options), "");
        return _text.ToString();
    }

    private void WriteEntries(IEnumerable<(string Key, object? Value)> entries, string indent)
    {
        foreach (var (key, value) in entries)
        {
            _text.Append(indent).Append(YamlText.OfString(key)).Append(':');
            WriteValue(value, indent);
        }
    }

    // The cursor stands behind a key; ends the line.
    private void WriteValue(object? value, string indent)
    {
        if (value is null || ScalarValues.IsScalar(value.GetType()))
        {
            _text.Append(' ').Append(YamlText.OfScalar(value, earlierNames)).Append('\n');
        }
        else if (value is IEnumerable and not IDictionary)
        {
            WriteList([.. ((IEnumerable)value).Cast<object?>()], indent);
        }
        else if (Entries(value) is { Count: > 0 } entries)
        {
            _text.Append('\n');
            WriteEntries(entries, indent + Indent);
        }
        else
        {
            _text.Append(" {}\n");
        }
    }

    private void WriteList(object?[] items, string indent)
    {
        if (items.All(item => item is null || ScalarValues.IsScalar(item.GetType())))
        {
            var values = items.Select(item => YamlText.OfScalar(item, earlierNames));
            _text.Append(CultureInfo.InvariantCulture, $" [{string.Join(", ", values)}]\n");
            return;
        }

        _text.Append('\n');
        foreach (var item in items)
        {
            // A record begins on the line after the dash.
            _text.Append(indent).Append(Indent).Append('-');
            WriteValue(item, indent + Indent);
        }
    }

    private List<(string Key, object? Value)> Entries(object value) => value is IDictionary dictionary
        ? [.. dictionary.Keys.Cast<string>().Select(key => (key, dictionary[key]))]
        :
        [
            .. from property in OptionProperty.Of(value.GetType())
               let own = property.Property.GetValue(value)
               where !property.IsLeftOut(own) && (earlierNames || !property.IsRetired)
               select (earlierNames ? property.EarlierName : property.Name, own),
        ];
}
