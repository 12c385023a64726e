using Husai.Numerics.Matrices;

namespace Husai.Analysis.Functional;

/// <summary>Sums over the rows of the products of the activations of two SAEs' latents.</summary>
internal abstract class ActivationProducts
{
    /// <summary>The sum for a latent of the first and one of the second SAE.</summary>
    public abstract double this[int firstLatent, int secondLatent] { get; }

    /// <summary>The same seen from the second SAE.</summary>
    public abstract ActivationProducts Transpose();
}

/// <summary>The sums of all pairs, in memory.</summary>
/// <param name="products"><c>[first, second]</c>.</param>
internal sealed class WholeProducts(Matrix products) : ActivationProducts
{
    public override double this[int firstLatent, int secondLatent] => products[firstLatent, secondLatent];

    public override ActivationProducts Transpose() => new WholeProducts(products.Transpose());
}

/// <summary>The sums of the pairs that are asked for, to the bits of <see cref="SparseActivations.MultiplyLines"/>.</summary>
/// <param name="first">Codes of the first SAE.</param>
/// <param name="second">Codes of the second SAE.</param>
internal sealed class SparseProducts(LatentCodes first, LatentCodes second) : ActivationProducts
{
    // A sum is kept in single precision, as in a matrix.
    public override double this[int firstLatent, int secondLatent] =>
        (float)first.ByLatent.DotOfLines(firstLatent, second.ByLatent, secondLatent);

    public override ActivationProducts Transpose() => new SparseProducts(second, first);
}
