namespace Husai.Transformers.Computation.Plans;

/// <summary>The consecutive rows of a table that stand at one position.</summary>
internal readonly record struct RowGroup(int Position, int Start, int Count);
