namespace Husai.Numerics.Products;

/// <summary>A function applied to each finished element of a product.</summary>
internal enum Activation
{
    /// <summary>None.</summary>
    None,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>The exact GELU.</summary>
    Gelu,
}
