using Husai.Autoencoders.Model;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Worlds.Model;

namespace Husai.Analysis.Worlds;

/// <summary>
/// Counts and sums over samples, from which the evaluation follows. Counts are added in any order, everything else in that of the samples.
/// </summary>
/// <param name="sae">What is evaluated.</param>
/// <param name="recovery">Its directions, matched.</param>
/// <param name="truth"><c>[features, width]</c>: directions of the features.</param>
/// <param name="trees">Their parents.</param>
/// <param name="workers">Threads to use.</param>
/// <param name="largestOfBatch">
/// Latents of a mean sample that the largest of all samples together are kept of; null for the SAE's own.
/// </param>
internal sealed class EvaluationSums(
    Sae sae, TruthRecovery recovery, Matrix truth, FeatureTrees trees, Workers workers, int? largestOfBatch = null)
{
    private const int RowsPerBlock = 32;
    private const double LeastNorm = 1e-6;
    private const double LeastVariance = 1e-10;
    private readonly Sae _encoding = largestOfBatch is null ? sae : Positive(sae);
    private readonly FiringCounts?[] _counts = new FiringCounts?[workers.Threads];
    private readonly double[] _sums = new double[sae.Width];
    private long _samples;
    private long _ratios;
    private double _ratioSum;
    private double _squares;
    private double _errors;

    /// <summary>Takes in some samples.</summary>
    /// <param name="hidden"><c>[samples, width]</c>.</param>
    /// <param name="firing">Of each sample: the features that fire.</param>
    public void Add(Matrix hidden, int[][] firing)
    {
        var codes = _encoding.Encode(hidden, workers);
        if (largestOfBatch is { } k)
        {
            LargestOfBatch.Keep(codes, (long)k * hidden.Rows);
        }

        var (squares, errors, norms) = (new double[hidden.Rows], new double[hidden.Rows], new double[hidden.Rows]);
        workers.For((hidden.Rows + RowsPerBlock - 1) / RowsPerBlock, (block, worker) =>
        {
            var counts = _counts[worker] ??= new FiringCounts(recovery, trees);
            var reconstruction = new float[sae.Width];
            for (var row = block * RowsPerBlock; row < Math.Min((block + 1) * RowsPerBlock, hidden.Rows); row++)
            {
                counts.Add(codes.Row(row), firing[row]);
                Decode(codes.Row(row), reconstruction);
                squares[row] = Reductions.SumOfSquares(hidden.Row(row));
                norms[row] = Reductions.SumOfSquares(reconstruction);
                Elementwise.Subtract(reconstruction, hidden.Row(row));
                errors[row] = Reductions.SumOfSquares(reconstruction);
            }
        });
        var columns = new double[_sums.Length];
        Reductions.ColumnSums(columns, hidden);
        for (var column = 0; column < columns.Length; column++)
        {
            _sums[column] += columns[column];
        }

        for (var row = 0; row < hidden.Rows; row++)
        {
            _squares += squares[row];
            _errors += errors[row];
            if (Math.Sqrt(squares[row]) > LeastNorm)
            {
                _ratios++;
                _ratioSum += Math.Sqrt(norms[row] / squares[row]);
            }
        }

        _samples += hidden.Rows;
    }

    public WorldEvaluation ToEvaluation()
    {
        var total = new FiringCounts(recovery, trees);
        foreach (var counts in _counts)
        {
            total.Add(counts);
        }

        var error = _errors / _samples;
        var variance = _squares / _samples - _sums.Sum(sum => sum / _samples * (sum / _samples));
        return new WorldEvaluation(
            _samples, total.Features.Sum() / (double)_samples, total.Latents.Sum() / (double)_samples,
            total.Latents.Count(count => count == 0), _ratios == 0 ? 0 : _ratioSum / _ratios,
            variance >= LeastVariance ? 1 - error / variance : error < LeastVariance ? 1 : 0, recovery,
            LatentClassification.From(_samples, recovery.BestMatches, total.Together, total.Latents, total.Features),
            LatentClassification.From(_samples, recovery.FeatureOfLatent, total.TogetherAssigned, total.Latents, total.Features),
            [.. total.Features.Select(count => count / (double)_samples)],
            [.. Enumerable.Range(0, sae.Latents).Where(latent => total.Latents[latent] > 0)],
            total.Edges.ToEdges(sae.Decoder, truth, recovery, total.Features));
    }

    // All positive pre-activations, to choose from.
    private static Sae Positive(Sae sae)
    {
        var positive = Sae.Standard(sae.Encoder, sae.Decoder, sae.EncoderBias, sae.DecoderBias);
        return sae.SubtractsDecoderBias ? positive : positive.WithoutSubtraction();
    }

    private void Decode(ReadOnlySpan<float> codes, Span<float> reconstruction)
    {
        sae.DecoderBias.CopyTo(reconstruction);
        for (var latent = 0; latent < codes.Length; latent++)
        {
            if (codes[latent] != 0)
            {
                Elementwise.MultiplyAdd(reconstruction, sae.Decoder.Row(latent), codes[latent]);
            }
        }
    }
}
