using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Model;

public sealed partial class Sae
{
    /// <summary>The maps of some latents: their codes over all rows, one map a row.</summary>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="latents">Which latents, each once; all if null.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[latents, rows]</c>, zero where a latent does not fire.</returns>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    internal Matrix MapsOf(Matrix activations, int[]? latents = null, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        latents ??= [.. Enumerable.Range(0, Latents)];
        var places = new int[Latents];
        Array.Fill(places, -1);
        for (var index = 0; index < latents.Length; index++)
        {
            places[latents[index]] = index;
        }

        var maps = new Matrix(latents.Length, activations.Rows);
        Forward.Encode(activations, (firstRow, entries) => ScatterMaps(maps, places, firstRow, entries), workers ?? Workers.Alone);
        return maps;
    }

    /// <summary>The maps of all latents and the reconstructions of the rows, by encoding each row once.</summary>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns><c>[latents, rows]</c>, the transpose of <see cref="Encode"/>, and <c>[rows, width]</c>.</returns>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    internal (Matrix Maps, Matrix Reconstruction) MapsAndReconstruction(Matrix activations, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        var maps = new Matrix(Latents, activations.Rows);
        var reconstruction = new Matrix(activations.Rows, Width);
        int[] places = [.. Enumerable.Range(0, Latents)];
        Forward.Encode(
            activations,
            (firstRow, entries) =>
            {
                ScatterMaps(maps, places, firstRow, entries);
                DecodeRows(reconstruction, firstRow, entries);
            },
            workers ?? Workers.Alone);
        return (maps, reconstruction);
    }

    private void DecodeRows(Matrix result, int firstRow, EntryBlock entries)
    {
        var padded = new Matrix(1, Lanes.Padded(Width));
        for (var row = 0; row < entries.Rows; row++)
        {
            Forward.Decode(padded, entries, row);
            padded.Row(0)[..Width].CopyTo(result.Row(firstRow + row));
        }
    }

    private static unsafe void ScatterMaps(Matrix maps, int[] places, int firstRow, EntryBlock entries)
    {
        for (var row = 0; row < entries.Rows; row++)
        {
            for (var entry = entries.RowStart(row); entry < entries.RowStart(row + 1); entry++)
            {
                if (places[entries.Latents[entry]] is var place and >= 0)
                {
                    maps.Pointer[place * (nint)maps.Stride + firstRow + row] = entries.Values[entry];
                }
            }
        }
    }
}
