using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Husai.Experiments.Configuration.Binding;

/// <summary>Checks a value against the attributes of its property.</summary>
internal static class ValueLimits
{
    /// <summary>What is needed instead of a scalar, or null if it is within the limits.</summary>
    public static string? NeededScalar(object value, IEnumerable<ValidationAttribute> limits) =>
        limits.Select(limit => limit switch
        {
            RangeAttribute range when !IsWithin(value, range) => Describe(range),
            AllowedValuesAttribute allowed when !allowed.Values.Any(candidate => Text(candidate) == Text(value)) =>
                ScalarValues.Choice(Text(value), allowed.Values.Select(Text)),
            _ => null,
        }).FirstOrDefault(needed => needed is not null);

    /// <summary>What further attributes, such as [MinLength], say about the whole value of a property; null if they accept it.</summary>
    public static string? Objection(object? value, string name, IEnumerable<ValidationAttribute> limits) =>
        limits.Where(limit => limit is not (RangeAttribute or AllowedValuesAttribute) && !limit.IsValid(value))
            .Select(limit => limit.FormatErrorMessage(name)).FirstOrDefault();

    // Compared as double, which every number converts to; a seed of more than 53 bits is not worth a tighter bound.
    private static bool IsWithin(object value, RangeAttribute range)
    {
        var number = Number(value);
        var (minimum, maximum) = (Number(range.Minimum), Number(range.Maximum));
        return (range.MinimumIsExclusive ? number > minimum : number >= minimum)
            && (range.MaximumIsExclusive ? number < maximum : number <= maximum);
    }

    /// <summary>A range in words.</summary>
    public static string Describe(RangeAttribute range)
    {
        var lower = $"{(range.MinimumIsExclusive ? "more than" : "at least")} {Text(range.Minimum)}";
        var upper = $"{(range.MaximumIsExclusive ? "less than" : "at most")} {Text(range.Maximum)}";
        var isOpen = Number(range.Maximum) >= int.MaxValue;
        return isOpen ? lower : $"{lower} and {upper}";
    }

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null";
}
