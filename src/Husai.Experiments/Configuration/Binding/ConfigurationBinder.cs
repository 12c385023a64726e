using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Husai.Experiments.Configuration.Yaml;

namespace Husai.Experiments.Configuration.Binding;

/// <summary>Makes option records of a configuration's nodes and reports all that does not fit.</summary>
internal sealed class ConfigurationBinder(ErrorList errors)
{
    /// <summary>Binds the root of a configuration.</summary>
    /// <returns>False if something was wrong, which has been reported.</returns>
    public bool TryBind(ConfigurationNode node, Type type, out object? value) =>
        TryBind(node, type, new Context("the configuration", [], AllowsNull: false, Default: null), out value);

    private bool TryBind(ConfigurationNode node, Type type, Context context, out object? value)
    {
        value = null;
        if (node is RefusedNode)
        {
            return false;
        }

        if (node is ScalarNode { IsNull: true } && (type != typeof(string) || context.AllowsNull))
        {
            return context.AllowsNull || Refuse(node, $"'{context.Name}' has no value");
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (ScalarValues.IsScalar(type))
        {
            return TryBindScalar(node, type, context, out value);
        }

        if (Collections.ElementOfList(type) is { } element)
        {
            return TryBindList(node, type, element, context, out value);
        }

        if (node is not MappingNode mapping)
        {
            return Refuse(node, $"{context.Label} is {Kind(node)} where keys with values are needed");
        }

        return Collections.ValueOfDictionary(type) is { } valueType
            ? TryBindDictionary(mapping, valueType, context, out value)
            : TryBindRecord(mapping, type, context, out value);
    }

    private bool TryBindScalar(ConfigurationNode node, Type type, Context context, out object? value)
    {
        value = null;
        if (node is not ScalarNode scalar)
        {
            return Refuse(node, $"{context.Label} is {Kind(node)} where a single value is needed");
        }

        var needed = ScalarValues.TryRead(scalar, type, out value, out var expected)
            ? ValueLimits.NeededScalar(value!, context.Limits)
            : expected;
        return needed is null || Refuse(node, $"{context.Label} is {Quote(scalar.Value)} where {needed} is needed");
    }

    private bool TryBindList(ConfigurationNode node, Type type, Type element, Context context, out object? value)
    {
        value = null;
        if (node is not SequenceNode sequence)
        {
            return Refuse(node, $"{context.Label} is {Kind(node)} where a list is needed, such as [1, 2]");
        }

        var items = new List<object?>(sequence.Items.Count);
        var isBound = true;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var itemContext = new Context(
                $"{context.Name}.{i}", context.Limits, AllowsNull: Nullable.GetUnderlyingType(element) is not null, Default: null);
            isBound &= TryBind(sequence.Items[i], element, itemContext, out var item);
            items.Add(item);
        }

        value = isBound ? Collections.ToList(type, element, items) : null;
        return isBound;
    }

    private bool TryBindDictionary(MappingNode mapping, Type valueType, Context context, out object? value)
    {
        var entries = new List<(string Key, object? Value)>(mapping.Entries.Count);
        var isBound = true;
        foreach (var entry in mapping.Entries)
        {
            var entryContext = new Context(
                $"{context.Name}.{entry.Key}", context.Limits, AllowsNull: Nullable.GetUnderlyingType(valueType) is not null,
                Default: null);
            isBound &= TryBind(entry.Value, valueType, entryContext, out var item);
            entries.Add((entry.Key, item));
        }

        value = isBound ? Collections.ToDictionary(valueType, entries) : null;
        return isBound;
    }

    private bool TryBindRecord(MappingNode mapping, Type type, Context context, out object? value)
    {
        // A default set by the outer record keeps its other properties where only some are given.
        var record = context.Default is { } given && given.GetType() == type ? Clone(given) : Activator.CreateInstance(type)!;
        var properties = OptionProperty.Of(type);
        var isBound = RefuseUnknownKeys(mapping, properties);
        foreach (var property in properties)
        {
            isBound &= RefuseTwoNames(mapping, property);
            isBound &= (mapping[property.Name] ?? mapping[property.EarlierName]) is { } node
                ? TryBindProperty(node, property, record)
                : !property.IsRequired || context.Default is not null
                    || Refuse(mapping, $"'{property.Name}' is missing in {context.Label}");
        }

        value = isBound && IsConsistent(record, mapping, properties) ? record : null;
        return value is not null;
    }

    private bool RefuseTwoNames(MappingNode mapping, OptionProperty property) =>
        property.Name == property.EarlierName || mapping[property.Name] is null || mapping[property.EarlierName] is not { } earlier
            || Refuse(
                earlier, $"'{property.EarlierName}' is the earlier name of '{property.Name}', which is given too: leave one of them out");

    private bool TryBindProperty(ConfigurationNode node, OptionProperty property, object record)
    {
        var context = new Context(
            property.Name, property.Limits, property.IsNullable, property.Property.GetValue(record));
        if (!TryBind(node, property.Property.PropertyType, context, out var value))
        {
            return false;
        }

        property.Property.SetValue(record, value);
        return ValueLimits.Objection(value, $"'{property.Name}'", property.Limits) is not { } objection || Refuse(node, objection);
    }

    private bool RefuseUnknownKeys(MappingNode mapping, IReadOnlyList<OptionProperty> properties)
    {
        var names = properties.Select(property => property.Name).ToArray();
        var isKnown = true;
        foreach (var entry in mapping.Entries.Where(
            entry => properties.All(property => property.Name != entry.Key && property.EarlierName != entry.Key)))
        {
            var hint = NearestName.Find(entry.Key, names) is { } nearest
                ? $"did you mean '{nearest}'?"
                : $"the keys here are {string.Join(", ", names)}";
            errors.Add(entry.Location, $"unknown key {Quote(entry.Key)}: {hint}");
            isKnown = false;
        }

        return isKnown;
    }

    private bool IsConsistent(object record, MappingNode mapping, IReadOnlyList<OptionProperty> properties)
    {
        if (record is not IValidatableObject validatable)
        {
            return true;
        }

        var isConsistent = true;
        foreach (var result in validatable.Validate(new ValidationContext(record)))
        {
            var names = result.MemberNames.Select(
                member => properties.FirstOrDefault(property => property.Property.Name == member)?.Name ?? member);
            var place = names.Select(name => mapping[name]).FirstOrDefault(node => node is not null) ?? mapping;
            isConsistent = Refuse(place, result.ErrorMessage ?? "the values do not fit together");
        }

        return isConsistent;
    }

    private bool Refuse(ConfigurationNode node, string message)
    {
        errors.Add(node.Location, message);
        return false;
    }

    // The copy that `with` makes of a record.
    private static object Clone(object record) =>
        record.GetType().GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance)?.Invoke(record, null)
        ?? Activator.CreateInstance(record.GetType())!;

    private static string Kind(ConfigurationNode node) => node switch
    {
        SequenceNode => "a list",
        MappingNode => "a set of keys",
        ScalarNode scalar => Quote(scalar.Value),
        _ => "refused",
    };

    private static string Quote(string text)
    {
        const int longest = 60;
        return text.Length <= longest ? $"'{text}'" : $"'{text[..longest]}...'";
    }

    /// <summary>What is known of a value from where it stands.</summary>
    private sealed record Context(string Name, IReadOnlyList<ValidationAttribute> Limits, bool AllowsNull, object? Default)
    {
        public string Label => Name == "the configuration" ? Name : $"'{Name}'";
    }
}
