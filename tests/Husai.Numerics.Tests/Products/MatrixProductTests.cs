using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Products;

[RunsOnEveryTier]
public class MatrixProductTests
{
    private static readonly int[] Sizes = [1, 2, 7, 12, 13, 31, 33, 64, 113, 127];

    public static TheoryData<string> Forms => [.. Enum.GetNames<ProductForm>()];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_length_of_one_dimension_has_the_bits_of_the_definition(string formName)
    {
        var form = Enum.Parse<ProductForm>(formName);
        for (var length = 0; length <= 130; length++)
        {
            Check(form, length, 5, 9);
            Check(form, 5, length, 9);
            Check(form, 5, 9, length);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Odd_shapes_and_strides_have_the_bits_of_the_definition(string formName)
    {
        var form = Enum.Parse<ProductForm>(formName);
        foreach (var rows in Sizes)
        {
            foreach (var columns in Sizes)
            {
                Check(form, rows, columns, 37);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_long_inner_dimension_is_summed_in_runs_of_256(string formName)
    {
        var form = Enum.Parse<ProductForm>(formName);
        foreach (var inner in new[] { 255, 256, 257, 511, 512, 513, 1000 })
        {
            Check(form, 13, 17, inner);
        }
    }

    // More rows than one block, more steps than one chunk, more columns than one chunk.
    [Theory]
    [MemberData(nameof(Forms))]
    public void Products_of_several_blocks_and_chunks_have_the_bits_of_the_definition(string formName)
    {
        var form = Enum.Parse<ProductForm>(formName);
        Check(form, Partition.LeftBlock + 7, 35, 300);
        Check(form, Partition.LeftBlock + 13, 5, 1100);
        Check(form, Partition.LeftBlock + 1, 8200, 2);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Threads_do_not_change_a_bit(string formName)
    {
        var form = Enum.Parse<ProductForm>(formName);
        foreach (var (rows, columns, inner) in new[] { (301, 210, 300), (67, 33, 600), (800, 70, 300) })
        {
            var (left, right) = Operands(form, rows, columns, inner);
            var alone = new Matrix(rows, columns);
            MatrixProduct.Multiply(alone, left, right, form);
            foreach (var threads in new[] { 2, 3, 8 })
            {
                using var workers = new Workers(threads);
                var shared = new Matrix(rows, columns);
                MatrixProduct.Multiply(shared, left, right, form, workers: workers);
                Bits.Equal(alone, shared);
            }
        }
    }

    [Fact]
    public void Accumulating_adds_the_runs_to_what_is_there()
    {
        var (left, right) = Operands(ProductForm.AB, 25, 41, 300);
        var start = Samples.Normal(25, 41, 9);
        var result = start.Clone();
        MatrixProduct.Multiply(result, left, right, accumulate: true);
        Bits.Equal(ReferenceProduct.Multiply(left, right, ProductForm.AB, start), result);
    }

    [Theory]
    [InlineData(nameof(Activation.None))]
    [InlineData(nameof(Activation.Relu))]
    [InlineData(nameof(Activation.Gelu))]
    public void The_epilogue_equals_bias_and_activation_applied_afterwards(string activationName)
    {
        var activation = Enum.Parse<Activation>(activationName);
        var (left, right) = Operands(ProductForm.ABt, 27, 45, 300);
        var bias = Samples.Normal(1, 45, 3);
        var result = new Matrix(27, 45);
        MatrixProduct.Multiply(result, left, right, ProductForm.ABt, bias: bias.Row(0), activation: activation);
        var expected = ReferenceProduct.Multiply(left, right, ProductForm.ABt);
        for (var row = 0; row < expected.Rows; row++)
        {
            for (var column = 0; column < expected.Columns; column++)
            {
                expected[row, column] += bias[0, column];
            }
        }

        if (activation == Activation.Relu)
        {
            Relu.Forward(expected, expected);
        }
        else if (activation == Activation.Gelu)
        {
            Gelu.Forward(expected, expected);
        }

        Bits.Equal(expected, result);
    }

    [Fact]
    public void Special_values_propagate_as_in_the_definition()
    {
        var (left, right) = Operands(ProductForm.AB, 20, 40, 30);
        left[3, 4] = float.NaN;
        left[5, 6] = float.PositiveInfinity;
        right[7, 8] = float.NegativeInfinity;
        left.Row(9).Fill(-0f);
        var result = new Matrix(20, 40);
        MatrixProduct.Multiply(result, left, right);
        Bits.Equal(ReferenceProduct.Multiply(left, right, ProductForm.AB), result);
        Assert.True(float.IsNaN(result[3, 0]));
    }

    [Fact]
    public void An_empty_inner_dimension_gives_zeros_plus_bias()
    {
        var result = Samples.Normal(2, 3);
        MatrixProduct.Multiply(result, new Matrix(2, 0), new Matrix(0, 3), bias: [1f, 2f, 3f]);
        Assert.Equal([1f, 2f, 3f, 1f, 2f, 3f], result.AsSpan().ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        var error = Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(new Matrix(2, 4), new Matrix(2, 3), new Matrix(5, 4)));
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[5, 4]", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(new Matrix(3, 3), new Matrix(2, 3), new Matrix(3, 4)));
        Assert.Equal("result", error.ParamName);
        Assert.Contains("[2, 4]", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(new Matrix(2, 4), new Matrix(2, 3), new Matrix(3, 4), bias: new float[3]));
    }

    [Fact]
    public void Null_and_overlapping_arguments_are_refused()
    {
        var square = new Matrix(4, 4);
        Assert.Throws<ArgumentNullException>("left", () => MatrixProduct.Multiply(square, null!, square));
        Assert.Throws<ArgumentNullException>("right", () => MatrixProduct.Multiply(square, square, (Matrix)null!));
        Assert.Throws<ArgumentNullException>("result", () => MatrixProduct.Multiply(null!, square, square));
        Assert.Throws<ArgumentException>("result", () => MatrixProduct.Multiply(square, square, new Matrix(4, 4)));
        var parent = new Matrix(8, 8);
        var overlap = Assert.Throws<ArgumentException>(
            "result", () => MatrixProduct.Multiply(parent.Slice(0, 4, 0, 5), new Matrix(4, 3), parent.Slice(3, 3, 0, 5)));
        Assert.Contains("[4, 5]", overlap.Message, StringComparison.Ordinal);
        Assert.Contains("right [3, 5]", overlap.Message, StringComparison.Ordinal);
        MatrixProduct.Multiply(parent.Slice(0, 4, 0, 4), parent.Slice(0, 4, 4, 4), parent.Slice(4, 4, 0, 4));
    }

    [Fact]
    public void Products_of_all_pairs_of_rows_have_the_bits_of_the_whole_product()
    {
        foreach (var (count, inner) in new[] { (0, 3), (1, 1), (5, 0), (31, 7), (33, 300), (512, 20), (513, 5), (1100, 260) })
        {
            var rows = Samples.NormalView(count, inner, 3);
            var expected = new Matrix(count, count);
            MatrixProduct.Multiply(expected, rows, rows, ProductForm.ABt);
            foreach (var threads in new[] { 1, 3 })
            {
                using var workers = new Workers(threads);
                var result = Samples.NormalView(count, count, 5);
                MatrixProduct.MultiplyPairsOfRows(result, rows, workers);
                Bits.Equal(expected, result);
            }
        }

        Assert.Throws<ArgumentException>("result", () => MatrixProduct.MultiplyPairsOfRows(new Matrix(3, 2), new Matrix(3, 4)));
        var square = new Matrix(4, 4);
        Assert.Throws<ArgumentException>("result", () => MatrixProduct.MultiplyPairsOfRows(square, square));
    }

    private static void Check(ProductForm form, int rows, int columns, int inner)
    {
        var (left, right) = Operands(form, rows, columns, inner);
        var result = Samples.NormalView(rows, columns, 5);
        MatrixProduct.Multiply(result, left, right, form);
        Bits.Equal(ReferenceProduct.Multiply(left, right, form), result);
    }

    private static (Matrix Left, Matrix Right) Operands(ProductForm form, int rows, int columns, int inner) => (
        form is ProductForm.AtB or ProductForm.AtBt ? Samples.NormalView(inner, rows, 1) : Samples.NormalView(rows, inner, 1),
        form is ProductForm.ABt or ProductForm.AtBt ? Samples.NormalView(columns, inner, 2) : Samples.NormalView(inner, columns, 2));
}
