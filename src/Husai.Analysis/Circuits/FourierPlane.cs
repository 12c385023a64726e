using Husai.Numerics.Matrices;

namespace Husai.Analysis.Circuits;

/// <summary>The plane in activation space in which a frequency is carried.</summary>
/// <param name="Frequency">The frequency k.</param>
/// <param name="Lines">The lines whose planes coincide here, the one of most variance first.</param>
/// <param name="VarianceShare">Share of the activations' variance that lies in its waves.</param>
/// <param name="Basis"><c>[rank, width]</c>, orthonormal rows, rank 1 or 2; the first along the regression on the cosine.</param>
/// <param name="Regressions"><c>[2 x lines, width]</c>: for each line the regressions of the activations on the unit cosine and sine
/// waves.</param>
public sealed record FourierPlane(int Frequency, IReadOnlyList<GridLine> Lines, double VarianceShare, Matrix Basis, Matrix Regressions)
{
    /// <summary>Such as <c>k=25 a+b</c>.</summary>
    public string Name => $"k={Frequency} {string.Join(" & ", Lines.Select(NameOf))}";

    private static string NameOf(GridLine line) => line switch
    {
        GridLine.First => "a",
        GridLine.Second => "b",
        GridLine.Sum => "a+b",
        _ => "a-b",
    };
}
