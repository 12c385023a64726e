using Husai.Numerics.Functions;

namespace Husai.Analysis.Functional;

/// <summary>
/// The factor of over-relaxed scaling (Lehmann et al. 2022, section 3): steps in logarithms are lengthened by a factor from 1 to 2. Where
/// plain scaling contracts errors by theta in a round, 2 / (1 + sqrt(1 - theta)) is the best factor. It is raised towards that as errors
/// fall, theta being what the observed contraction implies (Young's relation), and set back to 1 where they grow.
/// </summary>
internal sealed class OverRelaxation
{
    // Rounds between looks, and how much larger than the smallest an error may be before the factor is taken back.
    private const int RoundsBetween = 10;
    private const double MostGrowth = 10;
    private const double LargestContraction = 0.9999;

    private double _previous = double.NaN;
    private double _smallest = double.PositiveInfinity;
    private bool _isNew;
    private int _rounds;

    /// <summary>The factor, at least 1 and below 2.</summary>
    public double Factor { get; private set; } = 1;

    /// <summary>Takes the error of a round.</summary>
    public void Add(double error)
    {
        if (++_rounds % RoundsBetween != 0)
        {
            return;
        }

        var contraction = Transcendental.Exp(Transcendental.Log(error / _previous) / RoundsBetween);
        if (!(error < MostGrowth * _smallest))
        {
            (Factor, _smallest) = (1, error);
        }
        else if (!_isNew && contraction < 1 && contraction > Factor - 1)
        {
            Raise(contraction);
        }
        else
        {
            _isNew = false;
        }

        _smallest = Math.Min(_smallest, error);
        _previous = error;
    }

    // What a new factor does shows only at the second look.
    private void Raise(double contraction)
    {
        var root = contraction + Factor - 1;
        var plain = Math.Min(root * root / (contraction * Factor * Factor), LargestContraction);
        var best = 2 / (1 + Math.Sqrt(1 - plain));
        _isNew = best > Factor;
        Factor = Math.Max(Factor, best);
    }
}
