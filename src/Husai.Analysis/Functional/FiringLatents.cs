using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Functional;

/// <summary>The latents of an SAE that fire on some rows, with what comparing their functions needs.</summary>
internal sealed class FiringLatents
{
    /// <summary>Rows whose codes are in memory at once.</summary>
    public const int ChunkRows = 1024;

    // 256 MB of them.
    private const int MostCodes = 1 << 26;

    // A product of activations one by one takes as long as so many of a matrix product.
    private const double DenseAdvantage = 16;

    private readonly Sae _sae;
    private LatentCodes? _codes;

    private FiringLatents(string name, Sae sae, Matrix rows, int[] firing, double[] sums, double[] squares, double[] rates)
    {
        (_sae, Name, Rows, Latents) = (sae, name, rows, firing);
        Sum = Array.ConvertAll(firing, latent => sums[latent]);
        SumOfSquares = Array.ConvertAll(firing, latent => squares[latent]);
        FiringRate = Array.ConvertAll(firing, latent => rates[latent]);
        Decoder = sae.Decoder.ChosenRows(firing);
    }

    /// <summary>How messages call the SAE.</summary>
    public string Name { get; }

    /// <summary>The rows, <c>[rows, width]</c>.</summary>
    public Matrix Rows { get; }

    /// <summary>Their indices in the SAE, ascending.</summary>
    public int[] Latents { get; }

    /// <summary>Number of latents that fire.</summary>
    public int Count => Latents.Length;

    /// <summary>Sum of each one's activations over the rows.</summary>
    public double[] Sum { get; }

    /// <summary>Sum of their squares.</summary>
    public double[] SumOfSquares { get; }

    /// <summary>Share of the rows on which each fires.</summary>
    public double[] FiringRate { get; }

    /// <summary>Decoder rows, <c>[latents, width]</c>.</summary>
    public Matrix Decoder { get; }

    /// <summary>Runs an SAE.</summary>
    /// <exception cref="ArgumentException">No latent with a decoder row fires.</exception>
    public static FiringLatents Of(string name, Sae sae, Matrix rows, Workers workers, CancellationToken cancellation)
    {
        var (sums, squares, counts) = (new double[sae.Latents], new double[sae.Latents], new double[sae.Latents]);
        foreach (var (start, count) in Chunks(rows.Rows, RowsOfChunk(sae.Latents)))
        {
            cancellation.ThrowIfCancellationRequested();
            var codes = sae.Encode(rows.SliceRows(start, count), workers);
            for (var row = 0; row < count; row++)
            {
                var code = codes.Row(row);
                for (var latent = 0; latent < code.Length; latent++)
                {
                    var value = (double)code[latent];
                    sums[latent] += value;
                    squares[latent] += value * value;
                    counts[latent] += value != 0 ? 1 : 0;
                }
            }
        }

        var firing = Enumerable.Range(0, sae.Latents)
            .Where(latent => squares[latent] > 0 && sae.Decoder.Row(latent).IndexOfAnyExcept(0f) >= 0).ToArray();
        return firing.Length == 0
            ? throw new ArgumentException($"{name}: no latent fires on the {rows.Rows} rows; there is no function to compare")
            : new FiringLatents(name, sae, rows, firing, sums, squares, Array.ConvertAll(counts, count => count / rows.Rows));
    }

    /// <summary>Sums over the rows of the products of activations with another SAE's, <c>[latents, latents]</c>.</summary>
    public Matrix ProductsWith(FiringLatents other, Workers workers, Action<int> rowsDone, CancellationToken cancellation)
    {
        var products = new Matrix(Count, other.Count);
        if (DenseAdvantage * FiringRate.Sum() * other.FiringRate.Sum() < Count * (double)other.Count)
        {
            SparseCodes(workers, cancellation).ByLatent.MultiplyLines(products, other.SparseCodes(workers, cancellation).ByRow, workers);
            rowsDone(Rows.Rows);
            return products;
        }

        foreach (var (start, count) in Chunks(Rows.Rows, ChunkRows))
        {
            cancellation.ThrowIfCancellationRequested();
            MatrixProduct.Multiply(
                products, Codes(start, count, workers), other.Codes(start, count, workers), ProductForm.AtB, accumulate: true,
                workers: workers);
            rowsDone(count);
        }

        return products;
    }

    /// <summary>The activations that are not 0; encoded once for all SAEs that this one is compared with.</summary>
    public LatentCodes SparseCodes(Workers workers, CancellationToken cancellation)
    {
        if (_codes is not null)
        {
            return _codes;
        }

        var (starts, latents, values) = (new List<int>(Rows.Rows + 1) { 0 }, new List<int>(), new List<float>());
        foreach (var (start, count) in Chunks(Rows.Rows, RowsOfChunk(_sae.Latents)))
        {
            cancellation.ThrowIfCancellationRequested();
            var codes = Codes(start, count, workers);
            for (var row = 0; row < count; row++)
            {
                var code = codes.Row(row);
                for (var latent = 0; latent < code.Length; latent++)
                {
                    if (code[latent] != 0)
                    {
                        latents.Add(latent);
                        values.Add(code[latent]);
                    }
                }

                starts.Add(latents.Count);
            }
        }

        return _codes = new LatentCodes(new SparseActivations([.. starts], [.. latents], [.. values]), Count);
    }

    /// <summary>Rows whose codes are in memory at once where their number changes no bit.</summary>
    public static int RowsOfChunk(int latents) => Math.Clamp(MostCodes / latents, 1, ChunkRows);

    private static IEnumerable<(int Start, int Count)> Chunks(int rows, int rowsOfChunk)
    {
        for (var start = 0; start < rows; start += rowsOfChunk)
        {
            yield return (start, Math.Min(rowsOfChunk, rows - start));
        }
    }

    private Matrix Codes(int start, int count, Workers workers)
    {
        var codes = _sae.Encode(Rows.SliceRows(start, count), workers);
        if (Count == codes.Columns)
        {
            return codes;
        }

        var chosen = new Matrix(count, Count);
        for (var row = 0; row < count; row++)
        {
            var from = codes.Row(row);
            var to = chosen.Row(row);
            for (var index = 0; index < to.Length; index++)
            {
                to[index] = from[Latents[index]];
            }
        }

        return chosen;
    }
}
