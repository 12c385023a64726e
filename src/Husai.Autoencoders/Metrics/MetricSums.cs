using Husai.Autoencoders.Engine;

namespace Husai.Autoencoders.Metrics;

/// <summary>Sums over rows, in double precision, from which the metrics follow.</summary>
internal sealed class MetricSums(int width, int latents)
{
    // What the rounding of the mean leaves of rows that are all the same, as a share of their squares; floats that differ at all leave far
    // more.
    private const double MeanRounding = 1e-28;

    // The pooled variance is a difference of sums, which leaves more.
    private const double PooledRounding = 1e-12;

    private readonly double[] _residual = new double[width];
    private readonly double[] _centred = new double[width];

    public long Rows { get; private set; }

    public double SquaredError { get; private set; }

    public double SquaredInput { get; private set; }

    public double SquaredCentred { get; private set; }

    public double RowShares { get; private set; }

    public double Values { get; private set; }

    public long Active { get; private set; }

    public long[] Fired { get; } = new long[latents];

    /// <summary>Takes in one row.</summary>
    /// <param name="input">The row.</param>
    /// <param name="reconstruction">Its reconstruction.</param>
    /// <param name="mean">The mean row.</param>
    public void AddRow(ReadOnlySpan<float> input, ReadOnlySpan<float> reconstruction, ReadOnlySpan<double> mean)
    {
        double error = 0, squares = 0, centredSquares = 0;
        for (var column = 0; column < input.Length; column++)
        {
            var residual = (double)input[column] - reconstruction[column];
            var centred = input[column] - mean[column];
            error += residual * residual;
            squares += (double)input[column] * input[column];
            centredSquares += centred * centred;
            _residual[column] += residual;
            _centred[column] += centred;
        }

        Rows++;
        SquaredError += error;
        SquaredInput += squares;
        SquaredCentred += centredSquares;
        RowShares += Share(error, centredSquares, squares);
    }

    /// <summary>Takes in the codes of a block of rows.</summary>
    public unsafe void AddCodes(EntryBlock entries)
    {
        for (var n = 0; n < entries.Count; n++)
        {
            Values += entries.Values[n];
            if (entries.Values[n] != 0)
            {
                Active++;
                Fired[entries.Latents[n]]++;
            }
        }
    }

    /// <summary>Adds another block's sums.</summary>
    public void Add(MetricSums other)
    {
        Rows += other.Rows;
        SquaredError += other.SquaredError;
        SquaredInput += other.SquaredInput;
        SquaredCentred += other.SquaredCentred;
        RowShares += other.RowShares;
        Values += other.Values;
        Active += other.Active;
        for (var column = 0; column < _residual.Length; column++)
        {
            _residual[column] += other._residual[column];
            _centred[column] += other._centred[column];
        }

        for (var latent = 0; latent < Fired.Length; latent++)
        {
            Fired[latent] += other.Fired[latent];
        }
    }

    public ReconstructionMetrics ToMetrics(ReadOnlySpan<double> mean, double deadThreshold)
    {
        var rows = (double)Rows;
        var frequencies = Array.ConvertAll(Fired, fired => fired / rows);
        double residualMeans = 0, residualTotal = 0, inputTotal = 0;
        for (var column = 0; column < _residual.Length; column++)
        {
            residualMeans += _residual[column] * _residual[column] / rows;
            residualTotal += _residual[column];
            inputTotal += _centred[column] + rows * mean[column];
        }

        var elements = rows * _residual.Length;
        var pooledResidual = SquaredError - residualTotal * residualTotal / elements;
        var pooledInput = SquaredInput - inputTotal * inputTotal / elements;
        return new ReconstructionMetrics
        {
            Rows = (int)Rows,
            ExplainedVariance = Share(SquaredError, SquaredCentred, SquaredInput),
            Mse = SquaredError / elements,
            L0 = Active / rows,
            L1 = Values / rows,
            EvLegacy = RowShares / rows,
            FveResidualMeanRemoved = Share(SquaredError - residualMeans, SquaredCentred, SquaredInput),
            EvUncentred = Share(SquaredError, SquaredInput, SquaredInput),
            EvPooledScalar = pooledInput > PooledRounding * SquaredInput ? 1 - pooledResidual / pooledInput : double.NaN,
            DeadFraction = FiringFrequencies.DeadShare(frequencies, deadThreshold),
            FiringFrequencies = frequencies,
        };
    }

    // 1 - error / variance; undefined where nothing varies.
    private static double Share(double error, double variance, double squares) =>
        variance > MeanRounding * squares ? 1 - error / variance : double.NaN;
}
