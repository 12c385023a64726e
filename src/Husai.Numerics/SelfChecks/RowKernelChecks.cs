using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Randomness;
using Husai.Numerics.Selection;

namespace Husai.Numerics.SelfChecks;

/// <summary>The kernels that the trainers call by address: inner products, weighted sums of rows, steps of Adam and compaction.</summary>
internal static unsafe class RowKernelChecks
{
    private const int Rows = 37;
    private const int Vectors = 17;
    private const int Width = Vectors * Lanes.Count;

    public static IReadOnlyList<KernelCheck> All { get; } =
    [
        new("single-precision dots", (inputs, _, output) => RunDots(inputs, output)),
        new("double-precision dots", (inputs, _, output) => RunDoubleDots(inputs, output)),
        new("weighted sum of rows", (inputs, _, output) => RunWeightedSum(inputs, output)),
        new("gather", (inputs, _, output) =>
        {
            RunGather(Vectors, inputs, output);
            RunGather(16, inputs, output);
        }),
        new("row arithmetic", (inputs, _, output) => RunArithmetic(inputs, output)),
        new("penalised relu backward", (inputs, _, output) => RunPenalisedRelu(inputs, output)),
        new("adam in cache", (inputs, _, output) => RunFlushingAdam(inputs, output)),
        new("counts", (inputs, _, output) => RunCounts(inputs, output)),
        new("compaction", (inputs, _, output) => RunCompaction(inputs, output)),
        new("threshold of the largest", (inputs, _, output) => RunLargestValue(inputs, output)),
    ];

    private static void RunDots(RandomStream inputs, OutputHash output)
    {
        var (vector, rows, results) = (inputs.NormalRow(Width), inputs.Normal(Rows, Width), new float[Rows]);
        for (var length = 0; length <= Width; length += 7)
        {
            output.Add(RowKernels.Dot(vector.AsSpan(0, length), rows.Row(0)[..length]));
        }

        RowKernels.Dots(results, vector, rows.AsSpan(), Offsets(inputs));
        output.Add<float>(results);
    }

    private static void RunDoubleDots(RandomStream inputs, OutputHash output)
    {
        var left = Array.ConvertAll(inputs.NormalRow(Width), value => (double)value);
        var right = Array.ConvertAll(inputs.NormalRow(Width), value => (double)value);
        for (var length = 0; length <= Width; length += 7)
        {
            var first = left.AsSpan(0, length);
            var second = right.AsSpan(0, length);
            output.Add(InnerProduct.InOrder(first, second));
            output.Add(InnerProduct.InEightLanes(first, second));
            output.Add(InnerProduct.InSixteenLanes(first, second));
        }
    }

    private static void RunWeightedSum(RandomStream inputs, OutputHash output)
    {
        var (sum, rows, weights) = (inputs.NormalRow(Width), inputs.Normal(Rows, Width), inputs.NormalRow(Rows));
        RowKernels.WeightedSum(sum, sum, rows.AsSpan(), Offsets(inputs), weights);
        output.Add<float>(sum);
    }

    private static void RunGather(int vectors, RandomStream inputs, OutputHash output)
    {
        var width = vectors * Lanes.Count;
        var (leftRows, rightRows) = (inputs.Normal(Rows, width), inputs.Normal(Rows, width));
        var sums = inputs.Normal(2, width);
        var entries = new RowWeights[2 * Rows];
        for (var n = 0; n < entries.Length; n++)
        {
            entries[n] = new(inputs.NextInt32(Rows), (float)inputs.NextNormal(), (float)inputs.NextNormal());
        }

        fixed (RowWeights* chosen = entries)
        {
            float* left = sums.RowPointer(0), right = sums.RowPointer(1);
            GatherKernel.AddWeightedRows(
                left, left, leftRows.Pointer, right, right, rightRows.Pointer, leftRows.Stride, chosen, entries.Length, vectors);
        }

        output.Add(sums);
    }

    private static void RunArithmetic(RandomStream inputs, OutputHash output)
    {
        var (target, source) = (inputs.Normal(1, Width), inputs.Normal(1, Width));
        float* to = target.Pointer, from = source.Pointer;
        RowKernels.MultiplyAdd(to, from, 1.7f, Vectors);
        RowKernels.ScaleSubtract(to, to, 0.3f, from, Vectors);
        output.Add(RowKernels.SubtractSquared(to, from, Vectors));
        RowKernels.Scale(to, 0.1f, Vectors);
        RowKernels.Copy(from, to, Vectors - 1);
        output.Add(target);
        output.Add(source);
    }

    private static void RunPenalisedRelu(RandomStream inputs, OutputHash output)
    {
        const int length = Width + 5;
        var (gradients, codes) = (inputs.NormalRow(length), inputs.Normal(1, length));
        var (sums, counts) = (inputs.NormalRow(length), new int[length]);
        Relu.Forward(codes, codes);
        fixed (float* gradient = gradients, columnSums = sums)
        fixed (int* columnCounts = counts)
        {
            output.Add(PenalisedRelu.Backward(gradient, codes.Pointer, 0.1f, length, columnSums, columnCounts, out var sum));
            output.Add(sum);
        }

        output.Add<float>(gradients);
        output.Add<float>(sums);
        output.Add<int>(counts);
    }

    private static void RunFlushingAdam(RandomStream inputs, OutputHash output)
    {
        var (weights, moments) = (inputs.Normal(1, Width), new Matrix(2, Width));
        for (var step = 1; step <= 2; step++)
        {
            var gradient = inputs.Normal(1, Width);
            new FlushingAdam(1e-3, 0.9, 0.999, 1e-8, step).Apply(
                weights.Pointer, weights.Pointer, moments.RowPointer(0), moments.RowPointer(1), gradient.Pointer, Vectors);
        }

        output.Add(weights);
        output.Add(moments);
    }

    private static void RunCounts(RandomStream inputs, OutputHash output)
    {
        var values = inputs.NormalRow(Width + 5);
        var indices = inputs.Permutation(Width + 5);
        fixed (float* numbers = values)
        fixed (int* chosen = indices)
        {
            for (var length = 0; length <= values.Length; length += 7)
            {
                output.Add(RowKernels.CountPositive(numbers, length));
                output.Add(RowKernels.CountBelow(chosen, length, Width / 2));
            }
        }
    }

    private static void RunCompaction(RandomStream inputs, OutputHash output)
    {
        const int length = Width + 5;
        var row = inputs.NormalRow(length);
        var (indices, values) = (new int[length + Lanes.Count], new float[length + Lanes.Count]);
        fixed (float* source = row, kept = values)
        fixed (int* positions = indices)
        {
            var count = Compaction.AtLeast(source, length, -0.5f, 3, positions, kept);
            values.AsSpan(count).Fill(float.NegativeInfinity);
            count = Compaction.AtLeast(positions, kept, count, 0.5f);
            output.Add<int>(indices.AsSpan(0, count));
            output.Add<float>(values.AsSpan(0, count));
        }
    }

    private static void RunLargestValue(RandomStream inputs, OutputHash output)
    {
        var row = Array.ConvertAll(inputs.NormalRow(Width), Math.Abs);
        fixed (float* values = row)
        {
            for (var rank = 1; rank < Width; rank += 11)
            {
                output.Add(LargestValue.Below(values, Vectors, rank, precision: 13));
                output.Add(LargestValue.Part(values, Vectors, rank, low: 1, Width, guess: 0, out var reached));
                output.Add(reached);
            }
        }
    }

    private static int[] Offsets(RandomStream inputs) => [.. inputs.Permutation(Rows).Select(row => row * Width)];
}
