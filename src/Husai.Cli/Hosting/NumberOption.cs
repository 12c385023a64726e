using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Husai.Cli.Hosting;

/// <summary>Options that take a number within limits.</summary>
internal static class NumberOption
{
    /// <summary>An option that is null unless given.</summary>
    /// <param name="name">Such as "--threads".</param>
    /// <param name="description">Shown in the help.</param>
    /// <param name="minimum">Smallest value taken.</param>
    /// <param name="maximum">Largest value taken.</param>
    public static Option<T?> Create<T>(string name, string description, T minimum, T maximum)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => Parse<T>(result, name, minimum, maximum),
        };

    private static T? Parse<T>(ArgumentResult result, string name, T minimum, T maximum)
        where T : struct, INumber<T>
    {
        if (result.Tokens is not [var token])
        {
            return null;
        }

        // A NaN is in no range.
        if (T.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value >= minimum && value <= maximum)
        {
            return value;
        }

        result.AddError($"{name} is '{token.Value}' where a number from {minimum} to {maximum} is needed.");
        return null;
    }
}
