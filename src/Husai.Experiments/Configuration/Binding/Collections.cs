namespace Husai.Experiments.Configuration.Binding;

/// <summary>Which types of properties are lists and dictionaries, and how to make them.</summary>
internal static class Collections
{
    private static readonly Type[] _lists =
        [typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(IList<>), typeof(List<>)];

    private static readonly Type[] _dictionaries =
        [typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), typeof(Dictionary<,>)];

    /// <summary>Type of a list's elements, or null if the type is no list.</summary>
    public static Type? ElementOfList(Type type) =>
        type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
        : type.IsGenericType && _lists.Contains(type.GetGenericTypeDefinition()) ? type.GenericTypeArguments[0]
        : null;

    /// <summary>Type of a dictionary's values, or null if the type is no dictionary with string keys.</summary>
    public static Type? ValueOfDictionary(Type type) =>
        type.IsGenericType && _dictionaries.Contains(type.GetGenericTypeDefinition()) && type.GenericTypeArguments[0] == typeof(string)
            ? type.GenericTypeArguments[1]
            : null;

    /// <summary>A value for a property of the list type given.</summary>
    public static object ToList(Type type, Type element, IReadOnlyList<object?> items)
    {
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(items[i], i);
        }

        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? Activator.CreateInstance(type, array)! : array;
    }

    /// <summary>A dictionary with the entries in the order given.</summary>
    public static object ToDictionary(Type value, IEnumerable<(string Key, object? Value)> entries)
    {
        var dictionary = (System.Collections.IDictionary)Activator.CreateInstance(
            typeof(Dictionary<,>).MakeGenericType(typeof(string), value))!;
        foreach (var (key, item) in entries)
        {
            dictionary.Add(key, item);
        }

        return dictionary;
    }
}
