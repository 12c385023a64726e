using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Saes;

/// <summary>On which rows each latent fires, and how strongly: kept by latent.</summary>
internal sealed class LatentFiring
{
    private const int RowsAtATime = 1024;
    private readonly List<(int Row, float Value)>[] _entries;

    private LatentFiring(int latents, int rows)
    {
        Rows = rows;
        _entries = new List<(int Row, float Value)>[latents];
        for (var latent = 0; latent < latents; latent++)
        {
            _entries[latent] = [];
        }

        var side = (int)Math.Round(Math.Sqrt(rows));
        Modulus = side * side == rows ? side : null;
    }

    public int Rows { get; }

    public int Latents => _entries.Length;

    /// <summary>p, where the rows are all pairs (a, b) with a, b below p; else null.</summary>
    public int? Modulus { get; }

    public long Bytes => _entries.Sum(entries => 8L * entries.Capacity + 64);

    /// <summary>Encodes rows.</summary>
    /// <param name="sae">The SAE.</param>
    /// <param name="activations"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use.</param>
    public static LatentFiring Of(Sae sae, Matrix activations, Workers workers)
    {
        var result = new LatentFiring(sae.Latents, activations.Rows);
        for (var start = 0; start < activations.Rows; start += RowsAtATime)
        {
            var codes = sae.Encode(activations.SliceRows(start, Math.Min(RowsAtATime, activations.Rows - start)), workers);
            for (var row = 0; row < codes.Rows; row++)
            {
                result.Add(start + row, codes.Row(row));
            }
        }

        return result;
    }

    /// <summary>The activations of a latent on all rows.</summary>
    public float[] Map(int latent)
    {
        var map = new float[Rows];
        foreach (var (row, value) in _entries[latent])
        {
            map[row] = value;
        }

        return map;
    }

    private void Add(int row, ReadOnlySpan<float> code)
    {
        for (var latent = 0; latent < code.Length; latent++)
        {
            if (code[latent] != 0)
            {
                _entries[latent].Add((row, code[latent]));
            }
        }
    }
}
