using Husai.Analysis.Latents;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Saes;

/// <summary>On which rows each latent fires, and how strongly: kept by latent.</summary>
internal sealed class LatentFiring
{
    private const double SmallestVariance = 1e-12;
    private readonly List<(int Row, float Value)>[] _entries;

    private LatentFiring(int latents)
    {
        _entries = new List<(int Row, float Value)>[latents];
        for (var latent = 0; latent < latents; latent++)
        {
            _entries[latent] = [];
        }
    }

    /// <summary>Rows that the SAE was run on.</summary>
    public int Rows { get; private set; }

    public int Latents => _entries.Length;

    public long Bytes => _entries.Sum(entries => 8L * entries.Capacity + 64);

    /// <summary>Encodes rows.</summary>
    /// <param name="sae">The SAE.</param>
    /// <param name="activations">The rows, of the SAE's width.</param>
    /// <param name="mostRows">Of more rows than that, a sample is taken.</param>
    /// <param name="workers">Threads to use.</param>
    /// <exception cref="ArgumentException">The rows have another width.</exception>
    public static LatentFiring Of(Sae sae, ITracedRows activations, int mostRows, Workers workers)
    {
        var result = new LatentFiring(sae.Latents);
        foreach (var (first, count) in RowPieces.Of(activations.Rows, mostRows))
        {
            var piece = new Matrix(count, activations.Width);
            activations.CopyTo(first, piece);
            var codes = sae.Encode(piece, workers);
            for (var row = 0; row < count; row++)
            {
                result.Add(codes.Row(row));
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

    /// <summary>How strongly a latent fires, where it fires.</summary>
    public ActivationHistogram Histogram(int latent) => ActivationHistogram.Of(_entries[latent].Select(entry => entry.Value));

    /// <summary>
    /// Pearson's correlation of the activations of a latent with those of another SAE's on the same rows, zeros counted; null where one of
    /// them is the same on all rows.
    /// </summary>
    public double? Correlation(int latent, LatentFiring other, int otherLatent)
    {
        var (sum, squares) = SumsOf(_entries[latent]);
        var (otherSum, otherSquares) = SumsOf(other._entries[otherLatent]);
        var products = 0.0;
        for (int own = 0, theirs = 0; own < _entries[latent].Count && theirs < other._entries[otherLatent].Count;)
        {
            var ((row, value), (otherRow, otherValue)) = (_entries[latent][own], other._entries[otherLatent][theirs]);
            products += row == otherRow ? value * (double)otherValue : 0;
            own += row <= otherRow ? 1 : 0;
            theirs += otherRow <= row ? 1 : 0;
        }

        var (variance, otherVariance) = (VarianceOf(sum, squares), VarianceOf(otherSum, otherSquares));
        return variance > 0 && otherVariance > 0
            ? Math.Clamp((products - sum * otherSum / Rows) / Math.Sqrt(variance * otherVariance), -1, 1)
            : null;
    }

    // Times the number of rows. What rounding leaves of a latent that is the same on all rows is none.
    private double VarianceOf(double sum, double squares) =>
        squares - sum * sum / Rows is var variance && variance > SmallestVariance * squares ? variance : 0;

    private static (double Sum, double Squares) SumsOf(List<(int Row, float Value)> entries)
    {
        double sum = 0, squares = 0;
        foreach (var (_, value) in entries)
        {
            sum += value;
            squares += value * (double)value;
        }

        return (sum, squares);
    }

    private void Add(ReadOnlySpan<float> code)
    {
        for (var latent = 0; latent < code.Length; latent++)
        {
            if (code[latent] != 0)
            {
                _entries[latent].Add((Rows, code[latent]));
            }
        }

        Rows++;
    }
}
