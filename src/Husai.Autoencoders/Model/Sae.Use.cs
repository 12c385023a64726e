using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Model;

public sealed partial class Sae
{
    private SaeForward? _forward;

    private SaeForward Forward => _forward ??= new SaeForward(this);

    /// <summary>
    /// The sparse codes of some rows, as a dense matrix. The weights are made ready at the first use: do not change them after it.
    /// </summary>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[rows, latents]</c>, zero where a latent does not fire.</returns>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public Matrix Encode(Matrix activations, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var codes = new Matrix(activations.Rows, Latents);
        Forward.Encode(activations, (firstRow, entries) => Scatter(codes, firstRow, entries), workers ?? Workers.Alone);
        return codes;
    }

    /// <summary>The reconstructions of some rows.</summary>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[rows, width]</c>.</returns>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public Matrix Reconstruct(Matrix activations, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var result = new Matrix(activations.Rows, Width);
        Forward.Encode(activations, (firstRow, entries) => DecodeRows(result, firstRow, entries), workers ?? Workers.Alone);
        return result;
    }

    internal SaeForward MakeReady() => Forward;

    private static unsafe void Scatter(Matrix codes, int firstRow, EntryBlock entries)
    {
        for (var row = 0; row < entries.Rows; row++)
        {
            var target = codes.Row(firstRow + row);
            for (var entry = entries.RowStart(row); entry < entries.RowStart(row + 1); entry++)
            {
                target[entries.Latents[entry]] = entries.Values[entry];
            }
        }
    }
}
