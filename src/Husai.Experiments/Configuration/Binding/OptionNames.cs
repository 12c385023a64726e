using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Husai.Analysis.Options;

namespace Husai.Experiments.Configuration.Binding;

/// <summary>
/// The names of options in files: what <see cref="OptionNameAttribute"/> says, else what the attributes of System.Text.Json say, else
/// snake_case.
/// </summary>
internal static class OptionNames
{
    // As for properties: reflection for each value of each job would be most of what a study of thousands of jobs waits for.
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionValue>> Enumerations = new();

    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<OptionNameAttribute>()?.Name ?? property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
            ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>The earlier name of a property; its name where it has no other.</summary>
    public static string EarlierOf(PropertyInfo property) => property.GetCustomAttribute<OptionNameAttribute>()?.Earlier ?? Of(property);

    /// <summary>The members of an enumeration, in order of value.</summary>
    public static IReadOnlyList<OptionValue> OfEnum(Type type) => Enumerations.GetOrAdd(
        type, static key => [.. Enum.GetNames(key).Select(name => OfMember(key.GetField(name)!, Enum.Parse(key, name)))]);

    private static OptionValue OfMember(FieldInfo member, object value)
    {
        if (member.GetCustomAttribute<OptionNameAttribute>() is { } given)
        {
            return new OptionValue(given.Name, given.Earlier, value);
        }

        var name = member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name
            ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
        return new OptionValue(name, name, value);
    }
}
