using System.Buffers;
using System.Runtime.Intrinsics;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels;

/// <summary>
/// Softmax cross-entropy of each row against one target class, computed in double precision so that losses of 1e-12 and
/// their gradients keep their digits.
/// </summary>
/// <remarks>
/// With m the largest logit and S the sum of e^(x - m) over the other classes, the loss is log(1 + S) when the target is the largest,
/// and log(S + e^(t - m)) - (t - m) for a target logit t otherwise. Neither subtracts numbers that are nearly equal.
/// </remarks>
internal static unsafe class CrossEntropy
{
    /// <summary>Mean loss over the rows, in nats; NaN if a row holds a NaN, or without rows.</summary>
    /// <param name="logits"><c>[rows, classes]</c>.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="rowLosses">Receives the loss of each row; may be empty.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logits"/> is null.</exception>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class.</exception>
    public static double Forward(
        Matrix logits, ReadOnlySpan<int> targets, Span<double> rowLosses, Workers? workers = null) =>
        ForwardBackward(null, logits, targets, rowLosses, 1.0, workers);

    /// <summary>
    /// Mean loss over the rows, and the gradient of <c>scale * (sum of losses)</c> in the logits. The target's own gradient is minus the
    /// sum of the others, so that the row sums to zero however small the loss is.
    /// </summary>
    /// <param name="logitGradient"><c>[rows, classes]</c>, or null for none; may be <paramref name="logits"/> itself.</param>
    /// <param name="logits"><c>[rows, classes]</c>.</param>
    /// <param name="targets">One class for each row.</param>
    /// <param name="rowLosses">Receives the loss of each row; may be empty.</param>
    /// <param name="scale">Weight of a row's loss in the gradient: 1 / rows for a mean.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <returns>The mean loss in nats; NaN if a row holds a NaN, or without rows.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="logits"/> is null.</exception>
    /// <exception cref="ArgumentException">Shapes or numbers of rows differ, or the gradient shares part of the logits' memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is no class.</exception>
    public static double ForwardBackward(
        Matrix? logitGradient, Matrix logits, ReadOnlySpan<int> targets, Span<double> rowLosses, double scale, Workers? workers = null)
    {
        Check(logitGradient, logits, targets, rowLosses);
        var rented = rowLosses.IsEmpty ? ArrayPool<double>.Shared.Rent(Math.Max(1, logits.Rows)) : null;
        var losses = rented is null ? rowLosses : rented.AsSpan(0, logits.Rows);
        fixed (int* pinnedTargets = targets)
        fixed (double* pinnedLosses = losses)
        {
            var targetPointer = pinnedTargets;
            var lossPointer = pinnedLosses;
            RowBlocks.For(logits.Rows, logits.Columns, workers, (first, end) =>
                Block(logitGradient, logits, targetPointer, lossPointer, scale, first, end));
        }

        var total = 0.0;
        foreach (var loss in losses)
        {
            total += loss;
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }

        return total / logits.Rows;
    }

    private static void Check(Matrix? logitGradient, Matrix logits, ReadOnlySpan<int> targets, Span<double> rowLosses)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Require.Length(targets, logits.Rows);
        if (!rowLosses.IsEmpty)
        {
            Require.Length<double>(rowLosses, logits.Rows);
        }

        if (logitGradient is not null)
        {
            Require.SameShape(logitGradient, logits);
            Require.ApartOrSame(logitGradient, logits);
        }

        for (var row = 0; row < targets.Length; row++)
        {
            if ((uint)targets[row] >= (uint)logits.Columns)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(targets), $"targets[{row}] is {targets[row]}, but logits {logits.Shape} have classes 0 to {logits.Columns - 1}");
            }
        }
    }

    private static void Block(Matrix? logitGradient, Matrix logits, int* targets, double* losses, double scale, int first, int end)
    {
        var rented = ArrayPool<double>.Shared.Rent(logits.Columns + Lanes.Count);
        fixed (double* exponentials = rented)
        {
            for (var row = first; row < end; row++)
            {
                var gradient = logitGradient is null ? null : logitGradient.RowPointer(row);
                losses[row] = Row(gradient, logits.RowPointer(row), logits.Columns, targets[row], exponentials, scale);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static double Row(float* gradient, float* logits, int classes, int target, double* exponentials, double scale)
    {
        var max = RowMaximum.Of(logits, classes);
        var distance = (double)logits[target] - max;
        WriteExponentials(exponentials, logits, classes, max);
        var ofTarget = exponentials[target];
        exponentials[target] = 0;

        var lower = Vector512<double>.Zero;
        var upper = Vector512<double>.Zero;
        for (var i = 0; i < classes; i += Lanes.Count)
        {
            lower += Vector512.Load(exponentials + i);
            upper += Vector512.Load(exponentials + i + 8);
        }

        var others = Lanes.Sum(lower, upper);
        var sum = others + ofTarget;
        if (gradient is not null)
        {
            var factor = scale / sum;
            WriteGradient(gradient, exponentials, classes, factor);
            gradient[target] = (float)(-others * factor);
        }

        return distance == 0 ? Transcendental.Log1p(others) : Transcendental.Log(sum) - distance;
    }

    /// <summary>e^(x - max) of a row of logits, and 0 beyond it up to a multiple of 16.</summary>
    internal static void WriteExponentials(double* exponentials, float* logits, int classes, float max)
    {
        var m = Vector512.Create((double)max);
        for (var i = 0; i < classes; i += Lanes.Count)
        {
            var (lower, upper) = Lanes.Widen(Lanes.Load(logits + i, classes - i, float.NegativeInfinity));
            Exponential.Exp(lower - m).Store(exponentials + i);
            Exponential.Exp(upper - m).Store(exponentials + i + 8);
        }
    }

    private static void WriteGradient(float* gradient, double* exponentials, int classes, double factor)
    {
        var f = Vector512.Create(factor);
        for (var i = 0; i < classes; i += Lanes.Count)
        {
            var value = Vector512.Narrow(Vector512.Load(exponentials + i) * f, Vector512.Load(exponentials + i + 8) * f);
            Lanes.Store(value, gradient + i, classes - i);
        }
    }
}
