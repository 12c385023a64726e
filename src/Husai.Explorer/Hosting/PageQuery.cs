using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Husai.Explorer.Hosting;

/// <summary>The part of an address behind the question mark: the state of a page.</summary>
internal sealed class PageQuery(IQueryCollection values)
{
    /// <summary>A value, or empty.</summary>
    public string Text(string key) => values[key].FirstOrDefault() ?? "";

    /// <summary>All values of a key that are not empty.</summary>
    public IReadOnlyList<string> All(string key) => [.. values[key].OfType<string>().Where(value => value.Length > 0)];

    /// <summary>A whole number from 0, or null.</summary>
    public int? Number(string key) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
