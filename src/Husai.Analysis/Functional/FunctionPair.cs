using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Functional;

/// <summary>
/// The functions of two SAEs' latents on the same rows. What latent j writes at row x is f_j(x) w_j, with its activation f_j and what a
/// unit of it writes, w_j: its decoder row, or that row's effect on the logits. Everything here follows from sums over the rows.
/// </summary>
/// <param name="first">Latents of the first SAE.</param>
/// <param name="second">Latents of the second SAE.</param>
/// <param name="products">Sums over the rows of the products of their activations.</param>
internal sealed class FunctionPair(FiringLatents first, FiringLatents second, ActivationProducts products)
{
    /// <summary>Latents of the first SAE.</summary>
    public FiringLatents First { get; } = first;

    /// <summary>Latents of the second SAE.</summary>
    public FiringLatents Second { get; } = second;

    /// <summary>The same pair seen from the second SAE.</summary>
    public FunctionPair Transpose() => new(Second, First, products.Transpose());

    /// <summary>
    /// Cosine over rows and coordinates of what two latents write: that of their activations, not centred, times that of what a unit of
    /// each writes.
    /// </summary>
    /// <param name="i">A latent of the first SAE.</param>
    /// <param name="j">A latent of the second SAE.</param>
    /// <param name="firstWritten">What a unit of each latent writes, <c>[first, coordinates]</c>.</param>
    /// <param name="secondWritten">The same of the second SAE.</param>
    /// <returns>NaN where one writes nothing.</returns>
    public double Cosine(int i, int j, Matrix firstWritten, Matrix secondWritten)
    {
        var norms = Norm(First, i, firstWritten) * Norm(Second, j, secondWritten);
        return norms > 0
            ? Math.Clamp(products[i, j] * Reductions.Dot(firstWritten.Row(i), secondWritten.Row(j)) / norms, -1, 1)
            : double.NaN;
    }

    /// <summary>
    /// Substitution R = 1 - sum |f_i w_i - b f_j w_j|² / sum |f_i w_i|²: the share of what latent i writes that latent j writes too, with
    /// the factor b >= 0 that fits best.
    /// </summary>
    /// <returns>From 0 to 1; NaN where one writes nothing.</returns>
    public double Substitution(int i, int j, Matrix firstWritten, Matrix secondWritten)
    {
        var cosine = Cosine(i, j, firstWritten, secondWritten);
        return cosine > 0 ? cosine * cosine : cosine <= 0 ? 0 : double.NaN;
    }

    /// <summary>The same with b = 1: below 0 where the substitute is worse than nothing.</summary>
    public double SubstitutionAsIs(int i, int j, Matrix firstWritten, Matrix secondWritten)
    {
        var ratio = Norm(Second, j, secondWritten) / Norm(First, i, firstWritten);
        return ratio * ((2 * Cosine(i, j, firstWritten, secondWritten)) - ratio);
    }

    /// <summary>The norm over rows and coordinates of what a latent writes.</summary>
    public static double Norm(FiringLatents latents, int index, Matrix written) =>
        Math.Sqrt(latents.SumOfSquares[index] * Reductions.SumOfSquares(written.Row(index)));
}
