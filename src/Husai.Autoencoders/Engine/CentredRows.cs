using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>Inputs of a step as they are encoded: scaled, less the decoder bias.</summary>
internal static unsafe class CentredRows
{
    /// <summary>Fills some rows.</summary>
    /// <param name="centred"><c>[rows, padded width]</c>.</param>
    /// <param name="batch"><c>[rows, width]</c>.</param>
    /// <param name="from">The first row to fill.</param>
    /// <param name="to">The row after the last.</param>
    /// <param name="inputScale">Factor on the inputs.</param>
    /// <param name="bias">The decoder bias.</param>
    public static void Fill(Matrix centred, Matrix batch, int from, int to, float inputScale, Parameter bias)
    {
        for (var row = from; row < to; row++)
        {
            var source = Parameter.Address(batch, row);
            var target = Parameter.Address(centred, row);
            if (batch.Columns < bias.Values.Columns)
            {
                batch.Row(row).CopyTo(new Span<float>(target, batch.Columns));
                source = target;
            }

            RowKernels.ScaleSubtract(target, source, inputScale, bias.Row(0), bias.Vectors);
        }
    }
}
