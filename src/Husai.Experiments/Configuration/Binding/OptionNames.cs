using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Husai.Experiments.Configuration.Binding;

/// <summary>
/// The names of options in files: snake_case, or what the attributes of System.Text.Json say, so that YAML and JSON agree.
/// </summary>
internal static class OptionNames
{
    public static string Of(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>Names and values of an enumeration, in order of value.</summary>
    public static IReadOnlyList<(string Name, object Value)> OfEnum(Type type) =>
        [.. Enum.GetNames(type).Select(name => (OfMember(type.GetField(name)!), Enum.Parse(type, name)))];

    private static string OfMember(FieldInfo member) =>
        member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
}
