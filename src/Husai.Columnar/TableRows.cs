using Husai.Numerics.Matrices;

namespace Husai.Columnar;

/// <summary>Rows of activations that follow each other in a table.</summary>
/// <param name="Values">The rows, <c>[rows, width]</c>.</param>
/// <param name="RowsPerContext">Rows of one record of the table: the tokens that the network read together, or 1.</param>
/// <param name="TokenIds">The token id of each row; null where the table has none.</param>
internal sealed record TableRows(Matrix Values, int RowsPerContext, IReadOnlyList<int>? TokenIds);
