using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.SelfChecks;

/// <summary>Kernels that work element by element, and reductions.</summary>
internal static class ElementChecks
{
    private const int Rows = 150;
    private const int Columns = 127;

    private delegate void Backward(Matrix inputGradient, Matrix input, Matrix outputGradient, Workers? workers);

    public static IReadOnlyList<KernelCheck> All { get; } =
    [
        new("gelu forward", (inputs, workers, output) =>
        {
            var values = inputs.Normal(Rows, Columns);
            Gelu.Forward(values, values, workers);
            output.Add(values);
        }),
        new("gelu backward", (inputs, workers, output) => RunBackward(Gelu.Backward, inputs, workers, output)),
        new("relu forward", (inputs, workers, output) =>
        {
            var values = inputs.Normal(Rows, Columns);
            Relu.Forward(values, values, workers);
            output.Add(values);
        }),
        new("relu backward", (inputs, workers, output) => RunBackward(Relu.Backward, inputs, workers, output)),
        new("elementwise", (inputs, workers, output) =>
        {
            var (target, source) = (inputs.Normal(Rows, Columns), inputs.Normal(Rows, Columns));
            Elementwise.Scale(target, 0.3f, workers);
            Elementwise.MultiplyAdd(target.AsSpan(), source.AsSpan(), 1.7f);
            Elementwise.Multiply(target.AsSpan(), source.AsSpan());
            Elementwise.Subtract(target.AsSpan(), source.AsSpan());
            Elementwise.Add(target.AsSpan(), target.Clone().AsSpan());
            Elementwise.Scale(target.AsSpan(), 0.1f);
            output.Add(target);
        }),
        new("sums", (inputs, workers, output) =>
        {
            var (left, right) = (inputs.Normal(Rows, Columns), inputs.Normal(Rows, Columns));
            output.Add(Reductions.Sum(left.AsSpan()));
            output.Add(Reductions.SumOfSquares(left.AsSpan()));
            output.Add(Reductions.SumOfSquares(left, workers));
            output.Add(Reductions.Dot(left.AsSpan(), right.AsSpan()));
        }),
        new("row and column sums", (inputs, workers, output) =>
        {
            var matrix = inputs.Normal(3000, 33);
            var (columns, rows, singles) = (new double[33], new double[3000], inputs.NormalRow(33));
            Reductions.ColumnSums(columns, matrix, workers);
            Reductions.RowSumsOfSquares(rows, matrix, workers);
            Reductions.ColumnSums(singles, matrix, accumulate: true, workers);
            output.Add<double>(columns);
            output.Add<double>(rows);
            output.Add<float>(singles);
        }),
    ];

    private static void RunBackward(Backward backward, RandomStream inputs, Workers workers, OutputHash output)
    {
        var (input, gradient) = (inputs.Normal(Rows, Columns), inputs.Normal(Rows, Columns));
        backward(gradient, input, gradient, workers);
        output.Add(gradient);
    }
}
