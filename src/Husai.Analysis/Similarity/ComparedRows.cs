using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Similarity;

/// <summary>The rows of a dictionary that a similarity compares.</summary>
/// <param name="Rows"><c>[latents, width]</c>, no zero row: the decoder's, or the encoder's where only that is compared.</param>
/// <param name="Encoder">The encoder's, of the same latents, where both are compared; else null.</param>
internal sealed record ComparedRows(Matrix Rows, Matrix? Encoder)
{
    public int Count => Rows.Rows;

    public static ComparedRows Of(LatentDictionary dictionary, LatentSelection selection, MatchedWeights weights) => new(
        selection.RowsOf(weights == MatchedWeights.Encoder ? dictionary.Encoder! : dictionary.Decoder),
        weights == MatchedWeights.Both ? selection.RowsOf(dictionary.Encoder!) : null);

    /// <summary>
    /// Both halves beside each other, each row of either scaled to length 1 / sqrt 2; without an encoder the rows themselves.
    /// </summary>
    public Matrix Joined()
    {
        if (Encoder is null)
        {
            return Rows;
        }

        var result = new Matrix(Rows.Rows, Rows.Columns + Encoder.Columns);
        var scale = (float)Math.Sqrt(0.5);
        for (var row = 0; row < result.Rows; row++)
        {
            UnitRows.Scale(Rows.Row(row), result.Row(row)[..Rows.Columns]);
            UnitRows.Scale(Encoder.Row(row), result.Row(row)[Rows.Columns..]);
            Elementwise.Scale(result.Row(row), scale);
        }

        return result;
    }

    /// <summary>Parts what <see cref="Joined"/> joined.</summary>
    public static ComparedRows Parted(Matrix joined, int width) => joined.Columns == width
        ? new ComparedRows(joined, null)
        : new ComparedRows(joined.SliceColumns(0, width), joined.SliceColumns(width, joined.Columns - width));
}
