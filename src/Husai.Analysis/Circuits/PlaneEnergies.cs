using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Circuits;

/// <summary>How much of each direction lies in each plane of the circuit.</summary>
internal sealed class PlaneEnergies
{
    private PlaneEnergies(double[,] energies, double[] totals, int[] best, double[] phases)
    {
        Energies = energies;
        Totals = totals;
        Best = best;
        Phases = phases;
    }

    /// <summary>Squared length of each unit direction's projection on each plane, <c>[directions, planes]</c>, in [0, 1].</summary>
    public double[,] Energies { get; }

    /// <summary>Squared length of each unit direction's projection on the span of all planes.</summary>
    public double[] Totals { get; }

    /// <summary>For each direction the plane of most energy.</summary>
    public int[] Best { get; }

    /// <summary>For each direction its angle in that plane from the plane's first basis vector, in (-pi, pi].</summary>
    public double[] Phases { get; }

    /// <summary>Number of directions.</summary>
    public int Directions => Best.Length;

    /// <summary>Number of planes.</summary>
    public int Planes => Energies.GetLength(1);

    /// <summary>Energy of each direction in its best plane.</summary>
    public double[] BestEnergies => [.. Best.Select((plane, direction) => Energies[direction, plane])];

    /// <summary>Projects directions on planes.</summary>
    /// <param name="bases">For each plane an orthonormal basis, <c>[rank, width]</c>; at least one plane.</param>
    /// <param name="directions"><c>[directions, width]</c>, no zero row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static PlaneEnergies Of(IReadOnlyList<Matrix> bases, Matrix directions, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(bases);
        ArgumentNullException.ThrowIfNull(directions);
        var stacked = Stack(bases, directions.Columns);
        var unit = UnitRows.Of(directions);
        var components = new Matrix(unit.Rows, stacked.Rows);
        MatrixProduct.Multiply(components, unit, stacked, ProductForm.ABt, workers: workers);
        var energies = new double[unit.Rows, bases.Count];
        var best = new int[unit.Rows];
        var phases = new double[unit.Rows];
        for (var direction = 0; direction < unit.Rows; direction++)
        {
            var row = components.Row(direction);
            for (int plane = 0, offset = 0; plane < bases.Count; offset += bases[plane++].Rows)
            {
                energies[direction, plane] = Reductions.SumOfSquares(row.Slice(offset, bases[plane].Rows));
                if (energies[direction, plane] > energies[direction, best[direction]] || plane == 0)
                {
                    best[direction] = plane;
                    phases[direction] = Transcendental.Atan2(bases[plane].Rows > 1 ? row[offset + 1] : 0, row[offset]);
                }
            }
        }

        return new PlaneEnergies(energies, TotalsOf(stacked, unit, workers), best, phases);
    }

    private static double[] TotalsOf(Matrix stacked, Matrix unit, Workers? workers)
    {
        var span = OrthonormalSpan.Of(stacked);
        var components = new Matrix(unit.Rows, span.Rows);
        MatrixProduct.Multiply(components, unit, span, ProductForm.ABt, workers: workers);
        var totals = new double[unit.Rows];
        Reductions.RowSumsOfSquares(totals, components);
        return totals;
    }

    /// <summary>The rows of all bases, one below the other.</summary>
    internal static Matrix Stack(IReadOnlyList<Matrix> bases, int width)
    {
        var result = new Matrix(bases.Sum(basis => basis.Rows), width);
        var offset = 0;
        foreach (var basis in bases)
        {
            result.SliceRows(offset, basis.Rows).CopyFrom(basis);
            offset += basis.Rows;
        }

        return result;
    }
}
