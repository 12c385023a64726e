using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Decompositions;

/// <summary>
/// Eigenvalues of a tridiagonal matrix by QL steps with implicit shifts (Bowdler, Martin, Reinsch and Wilkinson 1968, procedure tql2). The
/// rotations depend on the matrix alone: they are written down first and applied to the vectors afterwards, a few columns at a time, which
/// lie in the cache meanwhile.
/// </summary>
internal sealed class ImplicitShifts
{
    private const int Columns = 32;
    private const int MostStored = 1 << 22;
    private const int MostStepsPerValue = 60;
    private const double RelativeRounding = 1.0 / (1L << 53);

    private readonly double[] _diagonal;
    private readonly double[] _offDiagonal;
    private readonly double[][] _vectors;
    private readonly Workers _workers;
    private readonly List<Rotation> _rotations = [];
    private readonly double _rounding;

    private ImplicitShifts(double[] diagonal, double[] offDiagonal, double[][] vectors, Workers workers)
    {
        _diagonal = diagonal;
        _offDiagonal = offDiagonal;
        _vectors = vectors;
        _workers = workers;
        _rounding = RelativeRounding * diagonal.Select((value, i) => Math.Abs(value) + Math.Abs(offDiagonal[i])).Max();
    }

    /// <summary>Makes the diagonal the eigenvalues, in no order, and the rows of Qᵀ the eigenvectors of Q T Qᵀ.</summary>
    /// <param name="diagonal">Diagonal of T.</param>
    /// <param name="offDiagonal">Elements beside the diagonal, then one that is not read.</param>
    /// <param name="vectors">Qᵀ, one array a row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static void Diagonalise(double[] diagonal, double[] offDiagonal, double[][] vectors, Workers? workers)
    {
        var solver = new ImplicitShifts(diagonal, offDiagonal, vectors, workers ?? Workers.Alone);
        for (var l = 0; l < diagonal.Length; l++)
        {
            solver.Isolate(l);
        }

        solver.Apply();
    }

    private void Isolate(int l)
    {
        for (var step = 0; step < MostStepsPerValue; step++)
        {
            var m = l;
            while (m < _diagonal.Length - 1 && !IsNegligible(m))
            {
                m++;
            }

            if (m == l)
            {
                return;
            }

            Sweep(l, m);
            if (_rotations.Count >= MostStored)
            {
                Apply();
            }
        }

        throw new ArithmeticException($"eigenvalue {l} of {_diagonal.Length} did not converge");
    }

    // Beside its neighbours, or beside the matrix: where that has no rank, all that is left is rounding error, which would never converge.
    private bool IsNegligible(int m)
    {
        var size = Math.Abs(_diagonal[m]) + Math.Abs(_diagonal[m + 1]);
        return size + Math.Abs(_offDiagonal[m]) == size || Math.Abs(_offDiagonal[m]) <= _rounding;
    }

    private void Sweep(int l, int m)
    {
        var (d, e) = (_diagonal, _offDiagonal);
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        var r = Length(g, 1);
        g = d[m] - d[l] + e[l] / (g + Math.CopySign(r, g));
        double s = 1, c = 1, p = 0;
        for (var i = m - 1; i >= l; i--)
        {
            var f = s * e[i];
            var b = c * e[i];
            r = Length(f, g);
            e[i + 1] = r;
            if (r == 0)
            {
                // The matrix has come apart here: what is left of the sweep has nothing to do.
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            _rotations.Add(new Rotation(i, c, s));
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    // Without the overflow of the squares, and from operations that round alike everywhere.
    private static double Length(double x, double y)
    {
        var (large, small) = (Math.Max(Math.Abs(x), Math.Abs(y)), Math.Min(Math.Abs(x), Math.Abs(y)));
        var ratio = large == 0 ? 0 : small / large;
        return large * Math.Sqrt(1 + ratio * ratio);
    }

    private void Apply()
    {
        var n = _vectors.Length;
        _workers.For((n + Columns - 1) / Columns, (task, _) =>
        {
            var start = task * Columns;
            var count = Math.Min(Columns, n - start);
            var block = new double[n * Columns];
            for (var row = 0; row < n; row++)
            {
                Array.Copy(_vectors[row], start, block, row * Columns, count);
            }

            ref var first = ref MemoryMarshal.GetArrayDataReference(block);
            for (nuint column = 0; column < Columns; column += 2 * 8)
            {
                Rotate(ref Unsafe.Add(ref first, column), CollectionsMarshal.AsSpan(_rotations));
            }

            for (var row = 0; row < n; row++)
            {
                Array.Copy(block, row * Columns, _vectors[row], start, count);
            }
        });
        _rotations.Clear();
    }

    // A sweep goes from row to row: what one rotation leaves in its upper row the next one takes for its lower row, without storing it in
    // between.
    private static void Rotate(ref double block, ReadOnlySpan<Rotation> rotations)
    {
        var held = -1;
        Vector512<double> left = default, right = default;
        foreach (ref readonly var rotation in rotations)
        {
            ref var upper = ref Unsafe.Add(ref block, (nint)rotation.Row * Columns);
            if (rotation.Row + 1 != held)
            {
                if (held >= 0)
                {
                    ref var done = ref Unsafe.Add(ref block, (nint)held * Columns);
                    left.StoreUnsafe(ref done);
                    right.StoreUnsafe(ref done, 8);
                }

                left = Vector512.LoadUnsafe(ref upper, Columns);
                right = Vector512.LoadUnsafe(ref upper, Columns + 8);
            }

            var (cosine, sine) = (Vector512.Create(rotation.Cosine), Vector512.Create(rotation.Sine));
            var upperLeft = Vector512.LoadUnsafe(ref upper);
            var upperRight = Vector512.LoadUnsafe(ref upper, 8);
            (sine * upperLeft + cosine * left).StoreUnsafe(ref upper, Columns);
            (sine * upperRight + cosine * right).StoreUnsafe(ref upper, Columns + 8);
            left = cosine * upperLeft - sine * left;
            right = cosine * upperRight - sine * right;
            held = rotation.Row;
        }

        if (held >= 0)
        {
            ref var last = ref Unsafe.Add(ref block, (nint)held * Columns);
            left.StoreUnsafe(ref last);
            right.StoreUnsafe(ref last, 8);
        }
    }

    private readonly record struct Rotation(int Row, double Cosine, double Sine);
}
