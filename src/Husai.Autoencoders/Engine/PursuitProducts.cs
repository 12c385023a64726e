using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Selection;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// Inner products of all pairs of rows of a dictionary. With them a step of matching pursuit takes the chosen row off the products of what
/// is left, latents numbers instead of latents x width.
/// </summary>
internal sealed unsafe class PursuitProducts
{
    // A gibibyte of products.
    private const int MostLatents = 1 << 14;

    private readonly Matrix _products;

    /// <param name="latents">Rows of the dictionary.</param>
    public PursuitProducts(int latents)
    {
        RequireFew(latents);
        _products = new Matrix(latents, latents);
    }

    /// <summary>Refuses more latents than there is memory for the products of.</summary>
    /// <exception cref="ArgumentException">There are more.</exception>
    public static void RequireFew(int latents)
    {
        if (latents > MostLatents)
        {
            throw new ArgumentException(
                $"matching pursuit holds the products of all pairs of latents, of at most {MostLatents}, and there are {latents}",
                nameof(latents));
        }
    }

    /// <summary>Takes up the rows of a dictionary.</summary>
    /// <param name="rows"><c>[latents, width]</c>.</param>
    /// <param name="workers">Threads to use.</param>
    public void Find(Matrix rows, Workers workers) => MatrixProduct.MultiplyPairsOfRows(_products, rows, workers);

    /// <summary>The steps of one row, until none has a product above 0.</summary>
    /// <param name="row">Products of the input with all rows; become those of what is left.</param>
    /// <param name="steps">How many at most.</param>
    /// <param name="latents">Receives the latent of each step; of equal products the first latent's is taken.</param>
    /// <param name="values">Receives its value.</param>
    /// <returns>Steps taken.</returns>
    public int Pursue(float* row, int steps, int* latents, float* values)
    {
        var count = _products.Rows;
        for (var step = 0; step < steps; step++)
        {
            var latent = FirstLargest.IndexOf(row, count);
            if (!(row[latent] > 0))
            {
                return step;
            }

            (latents[step], values[step]) = (latent, row[latent]);
            Elementwise.MultiplyAdd(new Span<float>(row, count), _products.Row(latent), -values[step]);
        }

        return steps;
    }

    /// <summary>
    /// As <see cref="Pursue(float*, int, int*, float*)"/>: appends the latents in order, each once with the sum of its values, and ends the
    /// row.
    /// </summary>
    public void Pursue(float* row, int steps, EntryBlock entries)
    {
        entries.Reserve(steps);
        int* latents = entries.Latents + entries.Count;
        float* values = entries.Values + entries.Count;
        var taken = Pursue(row, steps, latents, values);
        entries.EndRow(Merge(latents, values, taken));
    }

    // By insertion, so that the values of a latent that was chosen more than once are added in the order of the steps.
    private static int Merge(int* latents, float* values, int count)
    {
        var kept = 0;
        for (var n = 0; n < count; n++)
        {
            var (latent, value) = (latents[n], values[n]);
            var found = new ReadOnlySpan<int>(latents, kept).BinarySearch(latent);
            if (found >= 0)
            {
                values[found] += value;
                continue;
            }

            var at = ~found;
            new Span<int>(latents + at, kept - at).CopyTo(new Span<int>(latents + at + 1, kept - at));
            new Span<float>(values + at, kept - at).CopyTo(new Span<float>(values + at + 1, kept - at));
            (latents[at], values[at]) = (latent, value);
            kept++;
        }

        return kept;
    }
}
