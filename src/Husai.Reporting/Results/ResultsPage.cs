using Husai.Formats.Files;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Results;

/// <summary>A Markdown page that the program writes from studies, with its figures beside it.</summary>
/// <param name="heading">The page's first heading.</param>
internal sealed class ResultsPage(string heading)
{
    /// <summary>What the first paragraph begins with.</summary>
    public const string Origin = "Written by the program from the studies below; do not edit.";

    private const string FigureFolderName = "figures";
    private const int LongestPage = 16 << 20;

    /// <summary>The page's first heading.</summary>
    public string Heading { get; } = heading;

    /// <summary>Whether a file is such a page.</summary>
    /// <exception cref="InvalidFileException">It cannot be read, or is no text.</exception>
    public bool IsOne(string path) =>
        TextFile.Read(path, LongestPage, "a page of results").StartsWith($"# {Heading}\n\n{Origin}", StringComparison.Ordinal);

    /// <summary>Writes the figures into <c>figures/</c> beside the page, then the page.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<ReportFigure> figures, string text)
    {
        FigureFolder.WriteForPage(figures, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, FigureFolderName));
        AtomicFile.WriteText(path, text);
    }

    /// <summary>Puts a figure into the page, if there is one.</summary>
    /// <param name="text">The page.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="id">Which.</param>
    public static void Show(MarkdownText text, IReadOnlyList<ReportFigure> figures, string id) => text.Paragraph(
        figures.Where(figure => figure.Id == id).Select(figure =>
            $"![{figure.Title}]({FigureFolderName}/{figure.Id}.svg)\n\n{figure.Caption} Numbers: "
                + $"[{figure.Id}.csv]({FigureFolderName}/{figure.Id}.csv)."));
}
