using Husai.Analysis.Circuits;

namespace Husai.Cli.Commands.Analysis;

/// <summary>One plane.</summary>
internal sealed record PlaneDocument(string Name, int Frequency, IReadOnlyList<GridLine> Lines, double VarianceShare, int Rank);
