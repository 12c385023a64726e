using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Husai.Cli.Commands;
using Husai.Cli.Output;

namespace Husai.Cli.Hosting;

/// <summary>The usual help, with an <c>Examples:</c> section after it.</summary>
internal sealed class ExamplesHelpAction(HelpAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            if (option.Action is HelpAction help)
            {
                help.MaxWidth = Math.Max(help.MaxWidth, StandardWriter.NarrowestLayout);
                option.Action = new ExamplesHelpAction(help);
            }
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is HusaiCommand { Examples: { Count: > 0 } examples })
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return result;
    }
}
