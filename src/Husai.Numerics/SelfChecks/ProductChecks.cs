using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.SelfChecks;

/// <summary>Products in every form, over sizes that fill register tiles and sizes that leave every kind of edge.</summary>
internal static class ProductChecks
{
    private static readonly (int Rows, int Inner, int Columns)[] _shapes = [(1, 1, 1), (7, 113, 127), (150, 300, 100)];

    public static IEnumerable<KernelCheck> All =>
    [
        .. from form in Enum.GetValues<ProductForm>()
           from shape in _shapes
           select new KernelCheck(
               $"product {form} {shape.Rows}x{shape.Inner}x{shape.Columns}",
               (inputs, workers, output) => RunForm(form, shape.Rows, shape.Inner, shape.Columns, inputs, workers, output)),
        .. from activation in Enum.GetValues<Activation>()
           select new KernelCheck(
               $"product bias {activation}", (inputs, workers, output) => RunEpilogue(activation, inputs, workers, output)),
        new KernelCheck("product packed 150x300x100", (inputs, _, output) =>
        {
            var result = inputs.Normal(150, 100);
            MatrixProduct.Multiply(result, inputs.Normal(150, 300), PackedMatrix.From(inputs.Normal(300, 100)), accumulate: true);
            output.Add(result);
        }),
        new KernelCheck("row blocks", RunRowBlocks),
        new KernelCheck("column blocks", RunColumnBlocks),
        new KernelCheck("cosine maximum", (inputs, workers, output) => RunCosine(absolute: false, inputs, workers, output)),
        new KernelCheck("cosine maximum absolute", (inputs, workers, output) => RunCosine(absolute: true, inputs, workers, output)),
    ];

    private static void RunForm(
        ProductForm form, int rows, int inner, int columns, RandomStream inputs, Workers workers, OutputHash output)
    {
        var left = form is ProductForm.AtB or ProductForm.AtBt ? inputs.Normal(inner, rows) : inputs.Normal(rows, inner);
        var right = form is ProductForm.ABt or ProductForm.AtBt ? inputs.Normal(columns, inner) : inputs.Normal(inner, columns);
        var result = inputs.Normal(rows, columns);
        MatrixProduct.Multiply(result, left, right, form, accumulate: true, workers: workers);
        output.Add(result);
    }

    private static void RunEpilogue(Activation activation, RandomStream inputs, Workers workers, OutputHash output)
    {
        var result = new Matrix(37, 67);
        MatrixProduct.Multiply(
            result, inputs.Normal(37, 29), inputs.Normal(29, 67), bias: inputs.NormalRow(67), activation: activation, workers: workers);
        output.Add(result);
    }

    private static void RunRowBlocks(RandomStream inputs, Workers workers, OutputHash output)
    {
        var result = new Matrix(101, 130);
        MatrixProduct.VisitRowBlocks(
            inputs.Normal(101, 40), PackedMatrix.FromTransposed(inputs.Normal(130, 40), workers), inputs.NormalRow(130), rowsPerBlock: 16,
            (row, block, _) => result.SliceRows(row, block.Rows).CopyFrom(block), workers);
        output.Add(result);
    }

    private static void RunColumnBlocks(RandomStream inputs, Workers workers, OutputHash output)
    {
        var result = new Matrix(53, 130);
        MatrixProduct.VisitBlocks(
            inputs.Normal(53, 40), PackedMatrix.From(inputs.Normal(40, 130), workers), default, rowsPerBlock: 20, columnsPerBlock: 64,
            (row, column, block, _) => result.Slice(row, block.Rows, column, block.Columns).CopyFrom(block), workers);
        output.Add(result);
    }

    private static void RunCosine(bool absolute, RandomStream inputs, Workers workers, OutputHash output)
    {
        var maxima = CosineMaximum.Find(inputs.Normal(300, 33), inputs.Normal(140, 33), absolute, workers);
        output.Add<float>(maxima.RowMaximum);
        output.Add<int>(maxima.RowIndex);
        output.Add<float>(maxima.ColumnMaximum);
        output.Add<int>(maxima.ColumnIndex);
    }
}
