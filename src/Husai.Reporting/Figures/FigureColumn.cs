namespace Husai.Reporting.Figures;

/// <summary>A column of the numbers behind a figure.</summary>
/// <param name="Name">Its name in the header line, snake_case.</param>
/// <param name="Description">What it holds, with its unit.</param>
public sealed record FigureColumn(string Name, string Description);
