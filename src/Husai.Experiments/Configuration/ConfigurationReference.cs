using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Configuration;

/// <summary>Writes the keys of an option record, with their types, defaults, limits and descriptions, as a Markdown table.</summary>
internal static class ConfigurationReference
{
    /// <summary>The table of a configuration.</summary>
    /// <typeparam name="T">The option record, whose properties carry descriptions and limits.</typeparam>
    /// <param name="defaults">Source of the defaults.</param>
    public static string Markdown<T>(T defaults)
        where T : notnull
    {
        var text = new StringBuilder("| key | type | default | allowed | meaning |\n|---|---|---|---|---|\n");
        AddRows(text, typeof(T), defaults, "", []);
        return text.ToString();
    }

    private static void AddRows(StringBuilder text, Type type, object? defaults, string prefix, Type[] path)
    {
        foreach (var option in OptionProperty.Of(type).Where(option => !option.IsRetired))
        {
            var value = defaults is null ? null : option.Property.GetValue(defaults);
            var declared = option.Property.PropertyType;
            var plain = Nullable.GetUnderlyingType(declared) ?? declared;
            var key = prefix + option.Name;
            var element = ElementOf(plain);
            var nested = element ?? plain;
            if (IsRecord(nested) && !path.Contains(nested))
            {
                if (element is not null || option.IsNullable)
                {
                    AddRow(
                        text, key, element is null ? "mapping" : "list", option.IsRequired ? "required" : "none", "", option.Property);
                }

                AddRows(
                    text, nested, element is null ? value : TryCreate(nested), key + (element is null ? "." : "[]."), [.. path, nested]);
                continue;
            }

            AddRow(text, key, NameOf(plain, element), DefaultOf(option, value), LimitsOf(option, plain), option.Property);
        }
    }

    private static void AddRow(StringBuilder text, string key, string type, string missing, string allowed, PropertyInfo property)
    {
        var meaning = property.GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";
        text.Append(
            CultureInfo.InvariantCulture,
            $"| `{key}` | {type} | {missing} | {allowed} | {meaning.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
    }

    private static bool IsRecord(Type type) => type.IsClass && type != typeof(string) && type.GetMethod("<Clone>$") is not null;

    private static object? TryCreate(Type type) => type.GetConstructor([]) is { } constructor ? constructor.Invoke([]) : null;

    private static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : type != typeof(string) && type.IsGenericType && type.GetGenericArguments().Length == 1 ? type.GetGenericArguments()[0]
        : null;

    private static string NameOf(Type type, Type? element) =>
        element is not null ? $"list of {NameOf(element, null)}"
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(double) || type == typeof(float) ? "number"
        : type.IsEnum ? "choice"
        : type.IsPrimitive ? "whole number"
        : "mapping";

    private static string DefaultOf(OptionProperty option, object? value) => option.IsRequired ? "required" : value switch
    {
        null => "none",
        string text => text.Length == 0 ? "none" : $"`{text}`",
        bool flag => flag ? "`true`" : "`false`",
        Enum member => $"`{OptionNames.OfEnum(member.GetType()).First(name => name.Value.Equals(member)).Name}`",
        System.Collections.IEnumerable list =>
            $"`[{string.Join(", ", list.Cast<object>().Select(item => Convert.ToString(item, CultureInfo.InvariantCulture)))}]`",
        _ => $"`{Convert.ToString(value, CultureInfo.InvariantCulture)}`",
    };

    private static string LimitsOf(OptionProperty option, Type type)
    {
        if (type.IsEnum)
        {
            return string.Join(", ", OptionNames.OfEnum(type).Select(name => $"`{name.Name}`"));
        }

        return string.Join("; ", option.Limits.Select(limit => limit switch
        {
            RangeAttribute range => ValueLimits.Describe(range),
            AllowedValuesAttribute allowed => string.Join(", ", allowed.Values.OfType<object>().Select(value => $"`{value}`")),
            _ => "",
        }).Where(limit => limit.Length > 0));
    }
}
