using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Husai.Experiments.Configuration.Binding;

/// <summary>A property of an option record, as a configuration file sees it.</summary>
internal sealed class OptionProperty
{
    // A study of thousands of jobs writes as many options.
    private static readonly ConcurrentDictionary<Type, IReadOnlyList<OptionProperty>> Known = new();

    private readonly bool _isLeftOutAtDefault;

    private OptionProperty(PropertyInfo property)
    {
        Property = property;
        Name = OptionNames.Of(property);
        EarlierName = OptionNames.EarlierOf(property);
        _isLeftOutAtDefault =
            property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingDefault };
        IsRetired = property.IsDefined(typeof(RetiredOptionAttribute));
        Limits = [.. property.GetCustomAttributes<ValidationAttribute>()];
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(RequiredAttribute));
        IsNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (!property.PropertyType.IsValueType
                && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable);
    }

    public PropertyInfo Property { get; }

    /// <summary>The key, in snake_case.</summary>
    public string Name { get; }

    /// <summary>The earlier key, which is read too; the key where it has no other.</summary>
    public string EarlierName { get; }

    /// <summary>Whether it is read and stands in keys of jobs only.</summary>
    public bool IsRetired { get; }

    public IReadOnlyList<ValidationAttribute> Limits { get; }

    public bool IsRequired { get; }

    public bool IsNullable { get; }

    /// <summary>
    /// Whether a value need not be written: the default of an option that JSON leaves out too. Such an option came later than files and
    /// keys of jobs that lack it, and these still stand.
    /// </summary>
    public bool IsLeftOut(object? value) =>
        _isLeftOutAtDefault && Equals(value, Property.PropertyType.IsValueType ? Activator.CreateInstance(Property.PropertyType) : null);

    /// <summary>The properties of a record that can be set, those of its base first, each type's in the order of the source.</summary>
    public static IReadOnlyList<OptionProperty> Of(Type type) => Known.GetOrAdd(type, static key => Find(key));

    private static OptionProperty[] Find(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0)
            .OrderBy(property => Depth(property.DeclaringType!))
            .ThenBy(property => property.MetadataToken)
            .Select(property => new OptionProperty(property)),
    ];

    private static int Depth(Type type) => type.BaseType is { } parent ? Depth(parent) + 1 : 0;
}
