using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Selection;

namespace Husai.Autoencoders.Engine;

/// <summary>The active latents of one row of pre-activations, appended to a block of entries.</summary>
internal static unsafe class RowSelection
{
    /// <summary>
    /// Latents whose pre-activation reaches <paramref name="bound"/>, a positive number: with the smallest float, those above 0.
    /// </summary>
    public static void AtLeast(float* row, int columns, float bound, EntryBlock entries)
    {
        entries.Reserve(columns + Lanes.Count);
        entries.EndRow(Compaction.AtLeast(row, columns, bound, 0, entries.Latents + entries.Count, entries.Values + entries.Count));
    }

    /// <summary>Latents with a positive pre-activation.</summary>
    public static void Positive(float* row, int columns, EntryBlock entries) => AtLeast(row, columns, float.Epsilon, entries);

    /// <summary>The k largest positive pre-activations; of equal ones, those of lower index.</summary>
    public static void TopK(float* row, int columns, int k, EntryBlock entries)
    {
        entries.Reserve(columns + k + Lanes.Count);
        var list = new TopKList(entries.Latents + entries.Count, entries.Values + entries.Count, k);
        list.AddRow(row, columns, entries.Bound);
        entries.Bound = list.Bound;
        entries.EndRow(list.Count);
    }

    /// <summary>Latents whose positive pre-activation is strictly above their threshold.</summary>
    public static void Above(float* row, float* thresholds, int columns, EntryBlock entries)
    {
        entries.Reserve(columns);
        var latents = entries.Latents + entries.Count;
        var values = entries.Values + entries.Count;
        var count = 0;
        for (var column = 0; column < columns; column++)
        {
            latents[count] = column;
            values[count] = row[column];
            count += row[column] > thresholds[column] && row[column] > 0 ? 1 : 0;
        }

        entries.EndRow(count);
    }

    /// <summary>
    /// Latents whose gate is open and whose magnitude is positive: <c>relu(scale * (p - gate bias) + magnitude bias)</c>, where p is the
    /// gate's pre-activation.
    /// </summary>
    public static void Gated(float* row, float* gateBias, float* magnitudeBias, float* scale, int columns, EntryBlock entries)
    {
        entries.Reserve(columns);
        var latents = entries.Latents + entries.Count;
        var values = entries.Values + entries.Count;
        var count = 0;
        for (var column = 0; column < columns; column++)
        {
            var magnitude = MathF.FusedMultiplyAdd(scale[column], row[column] - gateBias[column], magnitudeBias[column]);
            latents[count] = column;
            values[count] = magnitude;
            count += row[column] > 0 && magnitude > 0 ? 1 : 0;
        }

        entries.EndRow(count);
    }
}
