using System.CommandLine;
using Husai.Experiments.Configuration;

namespace Husai.Cli.Hosting;

/// <summary>Options that take a value of an enumeration, by the names that it has in configurations.</summary>
internal static class EnumOption
{
    /// <summary>An option that is null unless given. Earlier names of values are accepted too, and not shown.</summary>
    /// <param name="name">Such as "--matcher".</param>
    /// <param name="description">Shown in the help.</param>
    /// <param name="usual">The value that the command takes if none is given, for the help.</param>
    public static Option<T?> Create<T>(string name, string description, T usual)
        where T : struct, Enum
    {
        var names = OptionValues.NamesOf<T>();
        var option = new Option<T?>(name)
        {
            Description = $"{description} [default: {OptionValues.NameOf(usual)}]",
            HelpName = string.Join('|', names.Order(StringComparer.Ordinal)),
            CustomParser = result =>
            {
                var text = result.Tokens[^1].Value;
                if (OptionValues.Find<T>(text) is { } found)
                {
                    return found;
                }

                result.AddError($"{name} is '{text}' where one of {string.Join(", ", names)} is needed");
                return null;
            },
        };
        option.CompletionSources.Add([.. names]);
        return option;
    }

    /// <summary>An option that takes several values, by commas or given again, each at most once; null unless given.</summary>
    /// <param name="name">Such as "--matcher".</param>
    /// <param name="description">Shown in the help, before the values.</param>
    /// <param name="usual">What the command takes if none is given, for the help.</param>
    public static Option<IReadOnlyList<T>?> CreateList<T>(string name, string description, string usual)
        where T : struct, Enum
    {
        var names = OptionValues.NamesOf<T>();
        var option = new Option<IReadOnlyList<T>?>(name)
        {
            Description = $"{description}: {string.Join(", ", names)} [default: {usual}]",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var found = new List<T>();
                foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
                {
                    if (OptionValues.Find<T>(text) is not { } value || found.Contains(value))
                    {
                        result.AddError($"{name} has '{text}' where one of {string.Join(", ", names)} is needed, each at most once");
                        return null;
                    }

                    found.Add(value);
                }

                return found;
            },
        };
        option.CompletionSources.Add([.. names]);
        return option;
    }
}
