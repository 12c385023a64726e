using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Latents;

/// <summary>What is kept of the rows on which some latents fire while the rows pass by: its size does not depend on their number.</summary>
/// <param name="latents">The latents.</param>
/// <param name="options">What is looked for.</param>
internal sealed class FiringSurvey(int[] latents, LatentProfileOptions options)
{
    // Latents that one thread takes at a time: each latent's rows come in order, whatever the threads.
    private const int LatentsPerBlock = 64;

    private readonly long[] _firings = new long[latents.Length];
    private readonly double[] _sums = new double[latents.Length];
    private readonly float[] _largest = new float[latents.Length];
    private readonly long[] _bins = new long[checked(latents.Length * ActivationHistogram.Bins)];

    /// <summary>The rows of the largest activations.</summary>
    public LargestRows Largest { get; } = new(latents.Length, options.Top);

    /// <summary>Rows from all quantiles.</summary>
    public SampledRows Sampled { get; } = new(latents.Length, options.Samples);

    /// <summary>Takes consecutive rows into account.</summary>
    /// <param name="codes">Activations of all latents of the SAE, <c>[rows, latents]</c>.</param>
    /// <param name="firstRow">The number of the first row.</param>
    /// <param name="documents">The document of each row.</param>
    /// <param name="workers">Threads to use.</param>
    public void Add(Matrix codes, long firstRow, long[] documents, Workers workers)
    {
        var keys = new ulong[codes.Rows];
        SampledRows.FillKeys(options.Seed, firstRow, keys);
        workers.For((latents.Length + LatentsPerBlock - 1) / LatentsPerBlock, (block, _) =>
        {
            var end = Math.Min(latents.Length, (block + 1) * LatentsPerBlock);
            for (var row = 0; row < codes.Rows; row++)
            {
                var code = codes.Row(row);
                for (var index = block * LatentsPerBlock; index < end; index++)
                {
                    if (code[latents[index]] is > 0 and var activation)
                    {
                        Add(index, new FiringRow(firstRow + row, activation), documents[row], keys[row]);
                    }
                }
            }
        });
    }

    /// <summary>The profile of a latent.</summary>
    /// <param name="index">Its place among the latents.</param>
    /// <param name="rows">Number of rows that passed by.</param>
    /// <param name="top">Its excerpts with the largest activations.</param>
    /// <param name="samples">Its excerpts from quantiles.</param>
    public LatentProfile ProfileOf(int index, long rows, IReadOnlyList<Excerpt> top, IReadOnlyList<Excerpt> samples)
    {
        var histogram = ActivationHistogram.OfCounts(_bins.AsSpan(index * ActivationHistogram.Bins, ActivationHistogram.Bins));
        return new LatentProfile(
            latents[index], _firings[index], _firings[index] / (double)rows, _firings[index] == 0 ? 0 : _sums[index] / _firings[index],
            _largest[index], histogram, top, samples);
    }

    private void Add(int index, FiringRow row, long document, ulong key)
    {
        _firings[index]++;
        _sums[index] += row.Activation;
        _largest[index] = Math.Max(_largest[index], row.Activation);
        _bins[index * ActivationHistogram.Bins + ActivationHistogram.BinOf(row.Activation)]++;
        Largest.Add(index, row, document);
        Sampled.Add(index, row, key);
    }
}
