using System.CommandLine;

namespace Husai.Cli.Commands;

/// <summary>The option <c>--set</c> of commands that read a configuration.</summary>
internal static class OverridesOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="example">A key with a value.</param>
    public static Option<string[]> Create(string example) => new("--set")
    {
        Description = $"Replace a value of the configuration, such as {example}; repeatable",
        HelpName = "KEY=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };
}
