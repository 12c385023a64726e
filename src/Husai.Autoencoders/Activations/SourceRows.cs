using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Activations;

/// <summary>Copies rows out of a source on several threads.</summary>
internal static class SourceRows
{
    private const int RowsPerCopy = 32;

    /// <summary>Copies some rows.</summary>
    /// <param name="source">The source; rows of a shuffled order are far apart in it, or take time to make.</param>
    /// <param name="rows">Which.</param>
    /// <param name="destination"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use. Each fetches pieces that follow each other in <paramref name="destination"/>.</param>
    public static void Copy(IActivationSource source, ReadOnlyMemory<int> rows, Matrix destination, Workers workers) =>
        workers.For((rows.Length + RowsPerCopy - 1) / RowsPerCopy, (part, _) =>
        {
            var first = part * RowsPerCopy;
            var some = rows.Span[first..Math.Min(first + RowsPerCopy, rows.Length)];
            source.CopyRows(some, destination.SliceRows(first, some.Length));
        });
}
