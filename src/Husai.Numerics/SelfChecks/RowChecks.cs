using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Numerics.Selection;

namespace Husai.Numerics.SelfChecks;

/// <summary>Kernels that work row by row: softmax, cross-entropy, layer norm and selection.</summary>
internal static class RowChecks
{
    private const int Rows = 150;
    private const int Columns = 127;

    public static IReadOnlyList<KernelCheck> All { get; } =
    [
        new("softmax forward", (inputs, workers, output) =>
        {
            var result = inputs.Normal(Rows, Columns);
            Softmax.Forward(result, result, workers);
            output.Add(result);
        }),
        new("softmax backward", (inputs, workers, output) =>
        {
            var (softmax, gradient) = (inputs.Normal(Rows, Columns), inputs.Normal(Rows, Columns));
            Softmax.Backward(gradient, softmax, gradient, workers);
            output.Add(gradient);
        }),
        new("column softmax forward", (inputs, _, output) =>
        {
            var result = inputs.Normal(5, Columns);
            ColumnSoftmax.Forward(result, result);
            output.Add(result);
        }),
        new("column softmax backward", (inputs, _, output) =>
        {
            var (softmax, gradient) = (inputs.Normal(5, Columns), inputs.Normal(5, Columns));
            ColumnSoftmax.Backward(gradient, softmax, gradient);
            output.Add(gradient);
        }),
        new("cross-entropy", RunCrossEntropy),
        new("layer norm forward", (inputs, workers, output) => RunLayerNorm(isBackward: false, inputs, workers, output)),
        new("layer norm backward", (inputs, workers, output) => RunLayerNorm(isBackward: true, inputs, workers, output)),
        new("top-k 32 of 1024", (inputs, _, output) => RunTopK(32, inputs.NormalRow(1024), output)),
        new("top-k 100 of 3001", (inputs, _, output) => RunTopK(100, inputs.NormalRow(3001), output)),
        new("top-k with ties", (inputs, _, output) => RunTopK(
            50, Array.ConvertAll(inputs.NormalRow(1000), value => MathF.Round(value)), output)),
    ];

    private static void RunCrossEntropy(RandomStream inputs, Workers workers, OutputHash output)
    {
        var logits = inputs.Normal(Rows, Columns);
        var targets = new int[Rows];
        for (var row = 0; row < Rows; row++)
        {
            targets[row] = inputs.NextInt32(Columns);
        }

        // From wrong by much to right by much: losses from about 20 down to about 1e-9.
        for (var row = 0; row < Rows; row++)
        {
            logits[row, targets[row]] += row / 3f - 20f;
        }

        var losses = new double[Rows];
        output.Add(CrossEntropy.ForwardBackward(logits, logits, targets, losses, 1.0 / Rows, workers));
        output.Add<double>(losses);
        output.Add(logits);
    }

    private static void RunLayerNorm(bool isBackward, RandomStream inputs, Workers workers, OutputHash output)
    {
        var input = inputs.Normal(Rows, Columns);
        var (gain, bias) = (inputs.NormalRow(Columns), inputs.NormalRow(Columns));
        var (result, normalised, inverseDeviation) = (new Matrix(Rows, Columns), new Matrix(Rows, Columns), new float[Rows]);
        LayerNorm.Forward(result, normalised, inverseDeviation, input, gain, bias, workers: workers);
        if (!isBackward)
        {
            output.Add(result);
            output.Add(normalised);
            output.Add<float>(inverseDeviation);
            return;
        }

        var outputGradient = inputs.Normal(Rows, Columns);
        LayerNorm.Backward(input, gain, bias, outputGradient, normalised, inverseDeviation, inputs.NormalRow(Columns), workers);
        output.Add(input);
        output.Add<float>(gain);
        output.Add<float>(bias);
    }

    private static void RunTopK(int k, ReadOnlySpan<float> row, OutputHash output)
    {
        var (indices, values) = (new int[k], new float[k]);
        TopK.Select(row, k, indices, values);
        output.Add<int>(indices);
        output.Add<float>(values);
    }
}
