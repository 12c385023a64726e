namespace Husai.Reporting.Drawing;

/// <summary>One plot: two axes and what is drawn between them.</summary>
/// <param name="Title">Its heading, or empty.</param>
/// <param name="X">Horizontal axis.</param>
/// <param name="Y">Vertical axis.</param>
/// <param name="Layers">What is drawn, first below.</param>
internal sealed record Panel(string Title, Axis X, Axis Y, IReadOnlyList<Layer> Layers);
