namespace Husai.Numerics.Products;

/// <summary>The nearest line on the other side for each line of two sets of directions.</summary>
/// <param name="RowMaximum">For each left row its greatest similarity to any right row.</param>
/// <param name="RowIndex">The right row that has it, the lowest on ties; -1 if no similarity is a number.</param>
/// <param name="ColumnMaximum">For each right row its greatest similarity to any left row.</param>
/// <param name="ColumnIndex">The left row that has it, the lowest on ties; -1 if no similarity is a number.</param>
internal sealed record CosineMaxima(float[] RowMaximum, int[] RowIndex, float[] ColumnMaximum, int[] ColumnIndex);
