using Husai.Analysis.Worlds;
using Husai.Reporting.Figures;

namespace Husai.Reporting.Worlds;

/// <summary>The figures of SAEs on a world, as files.</summary>
internal static class WorldFigures
{
    /// <summary>Writes each figure as <c>.svg</c>, <c>.pdf</c> and <c>.csv</c>. Files appear whole or not at all.</summary>
    /// <param name="folder">Folder to write to; created if missing.</param>
    /// <param name="saes">Names of the SAEs and what was measured on each, at least one.</param>
    /// <param name="chance">Of each: the mean cosine of a feature with its best latent among random directions.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(
        string folder, IReadOnlyList<(string Name, WorldEvaluation Evaluation)> saes, IReadOnlyList<double> chance)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(saes);
        ArgumentNullException.ThrowIfNull(chance);
        List<ReportFigure> figures = [FoundFigure.Create(saes), FeatureFigure.Create(saes, chance)];
        if (saes.Any(sae => sae.Evaluation.Edges.Count > 0))
        {
            figures.Add(EdgeFigure.Create(saes));
        }

        FigureFolder.WriteEach(figures, folder);
    }
}
