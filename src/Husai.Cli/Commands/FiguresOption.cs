using System.CommandLine;
using Husai.Cli.Hosting;
using Husai.Reporting.Figures;

namespace Husai.Cli.Commands;

/// <summary>The option <c>--figures</c>, which writes a command's figures into a folder.</summary>
internal sealed class FiguresOption
{
    private readonly Option<string?> _folder = new("--figures")
    {
        Description = "Folder to write figures to, each as SVG, PDF and CSV",
        HelpName = "DIR",
    };

    /// <summary>Adds the option to a command.</summary>
    /// <param name="command">The command.</param>
    public FiguresOption(Command command) => command.Options.Add(_folder);

    /// <summary>Makes sure, before anything is computed, that the figures take the place of nothing else.</summary>
    public void RequireReplaceable(CommandContext context)
    {
        if (context.Get(_folder) is { } folder)
        {
            FigureFolder.RequireReplaceable(folder);
        }
    }

    /// <summary>Writes the figures where they are asked for.</summary>
    /// <param name="context">The command line.</param>
    /// <param name="figures">Draws them.</param>
    public void Write(CommandContext context, Func<IReadOnlyList<ReportFigure>> figures)
    {
        if (context.Get(_folder) is not { } folder)
        {
            return;
        }

        var drawn = figures();
        if (drawn.Count == 0)
        {
            context.Output.Note("there are no numbers to draw a figure of");
            return;
        }

        using var locks = FolderLocks.Take(folder);
        FigureFolder.Write(drawn, folder);
    }
}
