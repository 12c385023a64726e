using System.Globalization;
using System.Text;
using Husai.Formats.Files;

namespace Husai.Reporting.Figures;

/// <summary>
/// A folder with figures: of each a picture as SVG and as PDF and its numbers as CSV, and <c>README.md</c>, which says what each column
/// holds.
/// </summary>
internal static class FigureFolder
{
    private const string Description = "README.md";
    private const string Heading = "# Figures";

    /// <summary>Makes sure that figures can be written into a folder and take the place of nothing but earlier figures.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is null or empty.</exception>
    /// <exception cref="InvalidFileException">It is a file, or holds another kind of result, or a README.md of something
    /// else.</exception>
    public static void RequireReplaceable(string folder)
    {
        OutputFolder.RequireNothingElse(folder);
        OutputFile.RequireReplaceable(
            Path.Combine(folder, Description), "the description of figures",
            path => File.ReadLines(path).FirstOrDefault() == Heading);
    }

    /// <summary>Writes the figures. Files appear whole or not at all.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="folder">Folder to write to; created if missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(IReadOnlyList<ReportFigure> figures, string folder)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        WriteEach(figures, folder);
        AtomicFile.WriteText(Path.Combine(folder, Description), Describe(figures));
    }

    /// <summary>Writes the figures without the description.</summary>
    internal static void WriteEach(IReadOnlyList<ReportFigure> figures, string folder)
    {
        WriteForPage(figures, folder);
        foreach (var figure in figures)
        {
            var pdf = figure.Picture.ToPdf();
            AtomicFile.Write(Path.Combine(folder, figure.Id + ".pdf"), stream => stream.Write(pdf));
        }
    }

    /// <summary>Writes what a page in Markdown shows and leads to, which describes its figures itself: SVG and CSV.</summary>
    internal static void WriteForPage(IReadOnlyList<ReportFigure> figures, string folder)
    {
        foreach (var figure in figures)
        {
            AtomicFile.WriteText(Path.Combine(folder, figure.Id + ".svg"), figure.Svg);
            AtomicFile.WriteText(Path.Combine(folder, figure.Id + ".csv"), figure.Data.ToCsv());
        }
    }

    private static string Describe(IReadOnlyList<ReportFigure> figures)
    {
        var text = new StringBuilder(Heading + "\n");
        foreach (var figure in figures)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {figure.Title}\n\n`{figure.Id}.svg`, `{figure.Id}.pdf`: {figure.Caption}\n\n")
                .Append(CultureInfo.InvariantCulture, $"`{figure.Id}.csv`:\n\n| column | meaning |\n| --- | --- |\n");
            foreach (var column in figure.Data.Columns)
            {
                text.Append("| `").Append(column.Name).Append("` | ").Append(column.Description).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
