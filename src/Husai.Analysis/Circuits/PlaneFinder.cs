using Husai.Analysis.Geometry;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>Finds the planes of a site from the spectra of its coordinates.</summary>
internal static class PlaneFinder
{
    // A second direction with less than this share of a plane's power is noise: the wave moves on a line.
    private const double RankTolerance = 1e-3;

    /// <summary>The planes with enough variance, largest first.</summary>
    /// <param name="spectrum">One map for each coordinate of the activations.</param>
    /// <param name="totalPower">Sum of squares of the centred activations.</param>
    /// <param name="options">Which planes count.</param>
    public static IReadOnlyList<FourierPlane> Find(LineSpectrum spectrum, double totalPower, CircuitOptions options)
    {
        var planes = new List<FourierPlane>();
        for (var frequency = 1; frequency <= spectrum.Frequencies; frequency++)
        {
            var found = Enum.GetValues<GridLine>()
                .Select(line => OfLine(spectrum, line, frequency, totalPower))
                .Where(plane => plane.VarianceShare > options.MinimumVariance)
                .OrderByDescending(plane => plane.VarianceShare);
            var distinct = new List<FourierPlane>();
            foreach (var plane in found)
            {
                var twin = distinct.FindIndex(other => Overlap(other.Basis, plane.Basis) > options.MergeOverlap);
                if (twin < 0)
                {
                    distinct.Add(plane);
                }
                else
                {
                    distinct[twin] = Merge(distinct[twin], plane);
                }
            }

            planes.AddRange(distinct);
        }

        return [.. planes.OrderByDescending(plane => plane.VarianceShare)];
    }

    private static FourierPlane OfLine(LineSpectrum spectrum, GridLine line, int frequency, double totalPower)
    {
        var regressions = new Matrix(2, spectrum.Maps);
        var power = 0.0;
        for (var i = 0; i < spectrum.Maps; i++)
        {
            regressions[0, i] = (float)spectrum.Cosine(i, line, frequency);
            regressions[1, i] = (float)spectrum.Sine(i, line, frequency);
            power += spectrum.Power(i, line, frequency);
        }

        return new FourierPlane(frequency, [line], power / totalPower, BasisOf(regressions), regressions);
    }

    private static Matrix BasisOf(Matrix regressions)
    {
        var squares = (Cosine: Reductions.SumOfSquares(regressions.Row(0)), Sine: Reductions.SumOfSquares(regressions.Row(1)));
        var total = squares.Cosine + squares.Sine;
        if (total == 0)
        {
            return new Matrix(1, regressions.Columns);
        }

        var product = Reductions.Dot(regressions.Row(0), regressions.Row(1));
        // Power outside the better single direction: the smaller eigenvalue of the 2 x 2 Gram matrix.
        var difference = squares.Cosine - squares.Sine;
        var smaller = (total - Math.Sqrt(difference * difference + 4 * product * product)) / 2;
        if (smaller > RankTolerance * total)
        {
            return GramSchmidt.Orthonormalise(regressions);
        }

        var longer = squares.Cosine >= squares.Sine ? 0 : 1;
        return GramSchmidt.Orthonormalise(regressions.SliceRows(longer, 1));
    }

    /// <summary>Mean squared principal cosine, over the larger number of dimensions.</summary>
    internal static double Overlap(Matrix first, Matrix second)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Rows; i++)
        {
            for (var j = 0; j < second.Rows; j++)
            {
                var product = Reductions.Dot(first.Row(i), second.Row(j));
                sum += product * product;
            }
        }

        return sum / Math.Max(first.Rows, second.Rows);
    }

    private static FourierPlane Merge(FourierPlane larger, FourierPlane smaller)
    {
        var regressions = new Matrix(larger.Regressions.Rows + smaller.Regressions.Rows, larger.Regressions.Columns);
        regressions.SliceRows(0, larger.Regressions.Rows).CopyFrom(larger.Regressions);
        regressions.SliceRows(larger.Regressions.Rows, smaller.Regressions.Rows).CopyFrom(smaller.Regressions);
        return larger with
        {
            Lines = [.. larger.Lines, .. smaller.Lines],
            VarianceShare = larger.VarianceShare + smaller.VarianceShare,
            Regressions = regressions,
        };
    }
}
