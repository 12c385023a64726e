using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Kernels.Vectors;

/// <summary>Applies an operator to the elements of spans and matrices. The result may be an operand.</summary>
internal static unsafe class Elements
{
    public static void Apply<TOperator>(TOperator op, Matrix result, Matrix input, Workers? workers)
        where TOperator : struct, IUnaryOperator
    {
        if (result.IsContiguous && input.IsContiguous)
        {
            var length = result.Rows * result.Columns;
            RowBlocks.For(length, 1, workers, (first, end) => Apply(op, result.Pointer + first, input.Pointer + first, end - first));
            return;
        }

        RowBlocks.For(result.Rows, result.Columns, workers, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                Apply(op, result.RowPointer(row), input.RowPointer(row), result.Columns);
            }
        });
    }

    public static void Apply<TOperator>(TOperator op, Matrix result, Matrix x, Matrix y, Workers? workers)
        where TOperator : struct, IBinaryOperator
    {
        if (result.IsContiguous && x.IsContiguous && y.IsContiguous)
        {
            var length = result.Rows * result.Columns;
            RowBlocks.For(length, 1, workers, (first, end) =>
                Apply(op, result.Pointer + first, x.Pointer + first, y.Pointer + first, end - first));
            return;
        }

        RowBlocks.For(result.Rows, result.Columns, workers, (first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                Apply(op, result.RowPointer(row), x.RowPointer(row), y.RowPointer(row), result.Columns);
            }
        });
    }

    public static void Apply<TOperator>(TOperator op, Span<float> target)
        where TOperator : struct, IUnaryOperator
    {
        fixed (float* pointer = target)
        {
            Apply(op, pointer, pointer, target.Length);
        }
    }

    public static void Apply<TOperator>(TOperator op, Span<float> target, ReadOnlySpan<float> source)
        where TOperator : struct, IBinaryOperator
    {
        fixed (float* pointer = target, other = source)
        {
            Apply(op, pointer, pointer, other, target.Length);
        }
    }

    private static void Apply<TOperator>(TOperator op, float* result, float* input, int length)
        where TOperator : struct, IUnaryOperator
    {
        for (var i = 0; i < length; i += Lanes.Count)
        {
            Lanes.Store(op.Invoke(Lanes.Load(input + i, length - i)), result + i, length - i);
        }
    }

    private static void Apply<TOperator>(TOperator op, float* result, float* x, float* y, int length)
        where TOperator : struct, IBinaryOperator
    {
        for (var i = 0; i < length; i += Lanes.Count)
        {
            Lanes.Store(op.Invoke(Lanes.Load(x + i, length - i), Lanes.Load(y + i, length - i)), result + i, length - i);
        }
    }
}
