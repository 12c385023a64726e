using Husai.Formats.Stores;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations in a store, which may be larger than memory.</summary>
/// <param name="store">The open store; the caller disposes it.</param>
/// <exception cref="ArgumentException">There are more rows than can be numbered.</exception>
internal sealed class StoreActivations(ActivationStore store) : IActivationSource
{
    // Read at once, this much takes a disk hardly longer than a single row.
    private const int BlockBytes = 1 << 16;

    public int Rows { get; } = store.Rows <= Array.MaxLength ? (int)store.Rows
        : throw new ArgumentException(
            $"{store.Folder}: {store.Rows} rows are more than the {Array.MaxLength} that can be shuffled; extract fewer with --max-rows",
            nameof(store));

    public int Width => store.Width;

    public int BlockRows => Math.Max(1, BlockBytes / sizeof(float) / store.Width);

    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination) => store.CopyTo(rows, destination);
}
