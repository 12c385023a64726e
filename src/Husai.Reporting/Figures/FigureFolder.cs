using System.Text;
using Husai.Formats.Files;

namespace Husai.Reporting.Figures;

/// <summary>
/// A folder with figures: an SVG picture and a CSV file of each, and <c>README.md</c>, which says what each column holds.
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

    /// <summary>Writes the figures beside a page that describes them itself.</summary>
    internal static void WriteEach(IReadOnlyList<ReportFigure> figures, string folder)
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
            text.Append("\n## ").Append(figure.Title).Append("\n\n`").Append(figure.Id).Append(".svg`: ").Append(figure.Caption)
                .Append("\n\n`").Append(figure.Id).Append(".csv`:\n\n| column | meaning |\n| --- | --- |\n");
            foreach (var column in figure.Data.Columns)
            {
                text.Append("| `").Append(column.Name).Append("` | ").Append(column.Description).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
