namespace Husai.Numerics;

/// <summary>Products in every form, over sizes that fill register tiles and sizes that leave every kind of edge.</summary>
internal static class ProductChecks
{
    private static readonly (int Rows, int Inner, int Columns)[] Shapes = [(1, 1, 1), (7, 113, 127), (64, 300, 96)];

    public static IEnumerable<KernelCheck> All =>
        from form in Enum.GetValues<ProductForm>()
        from shape in Shapes
        select new KernelCheck(
            $"product {form} {shape.Rows}x{shape.Inner}x{shape.Columns}",
            (inputs, workers, output) => Run(form, shape.Rows, shape.Inner, shape.Columns, inputs, workers, output));

    private static void Run(
        ProductForm form, int rows, int inner, int columns, RandomStream inputs, Workers workers, OutputHash output)
    {
        var left = form is ProductForm.AtB or ProductForm.AtBt ? inputs.Normal(inner, rows) : inputs.Normal(rows, inner);
        var right = form is ProductForm.ABt or ProductForm.AtBt ? inputs.Normal(columns, inner) : inputs.Normal(inner, columns);
        var result = inputs.Normal(rows, columns);
        MatrixProduct.Multiply(result, left, right, form, accumulate: true, workers: workers);
        output.Add(result);
        MatrixProduct.Multiply(result, left, right, form, bias: inputs.Normal(1, columns).Row(0), activation: Activation.Relu, workers: workers);
        output.Add(result);
    }
}
