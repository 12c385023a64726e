using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Matrices;

namespace Husai.Numerics.Products;

/// <summary>Reads one block of inner products as cosines into the running maxima of its rows and columns.</summary>
internal static unsafe class CosineBlock
{
    public static void Scan(
        Matrix block, int firstRow, int firstColumn, float[] leftScale, float[] rightScale, bool absolute,
        RunningMaximum rows, RunningMaximum columns)
    {
        fixed (float* scale = &rightScale[firstColumn], columnValues = &columns.Values[firstColumn])
        fixed (int* columnIndices = &columns.Indices[firstColumn])
        {
            for (var row = 0; row < block.Rows; row++)
            {
                var line = block.Pointer + (nint)row * block.Stride;
                var rowScale = leftScale[firstRow + row];
                ScanRow(
                    line, block.Columns, rowScale, scale, absolute, columnValues, columnIndices, firstRow + row, out var best,
                    out var bestAt);
                if (bestAt >= 0)
                {
                    rows.Offer(firstRow + row, best, firstColumn + bestAt);
                }
            }
        }
    }

    private static void ScanRow(
        float* line, int count, float rowScale, float* scale, bool absolute, float* columnValues, int* columnIndices, int row,
        out float best, out int bestAt)
    {
        var sign = Vector512.Create(absolute ? int.MaxValue : -1).AsSingle();
        var factor = Vector512.Create(rowScale);
        var rowNumber = Vector512.Create(row);
        var maxima = Vector512.Create(float.NegativeInfinity);
        var positions = Vector512.Create(-1);
        var position = Vector512<int>.Indices;
        var index = 0;
        for (; index <= count - 16; index += 16)
        {
            var cosine = Vector512.Load(line + index) * factor * Vector512.Load(scale + index) & sign;
            var held = Vector512.Load(columnValues + index);
            if (Vector512.GreaterThanOrEqualAny(cosine, held))
            {
                // A thread may meet earlier rows after later ones: of equal cosines the lower row is kept, whichever came first.
                var indices = Vector512.Load(columnIndices + index);
                var earlier = Vector512.Equals(cosine, held) & Vector512.LessThan(rowNumber, indices).AsSingle();
                var taken = Vector512.GreaterThan(cosine, held) | earlier;
                Vector512.ConditionalSelect(taken, cosine, held).Store(columnValues + index);
                Vector512.ConditionalSelect(taken.AsInt32(), rowNumber, indices).Store(columnIndices + index);
            }

            var rowGreater = Vector512.GreaterThan(cosine, maxima);
            maxima = Vector512.ConditionalSelect(rowGreater, cosine, maxima);
            positions = Vector512.ConditionalSelect(rowGreater.AsInt32(), position, positions);
            position += Vector512.Create(16);
        }

        (best, bestAt) = Best(maxima, positions);
        for (; index < count; index++)
        {
            var cosine = line[index] * rowScale * scale[index];
            cosine = absolute ? MathF.Abs(cosine) : cosine;
            if (cosine > columnValues[index] || (cosine == columnValues[index] && row < columnIndices[index]))
            {
                columnValues[index] = cosine;
                columnIndices[index] = row;
            }

            if (cosine > best)
            {
                (best, bestAt) = (cosine, index);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (float Value, int At) Best(Vector512<float> maxima, Vector512<int> positions)
    {
        var (value, at) = (float.NegativeInfinity, -1);
        for (var lane = 0; lane < 16; lane++)
        {
            var candidate = maxima.GetElement(lane);
            var candidateAt = positions.GetElement(lane);
            if (candidateAt >= 0 && (at < 0 || candidate > value || (candidate == value && candidateAt < at)))
            {
                (value, at) = (candidate, candidateAt);
            }
        }

        return (value, at);
    }
}
