namespace Husai.Numerics.Products;

/// <summary>Which operands of a product are read transposed. A and B name the left and the right operand as stored.</summary>
internal enum ProductForm
{
    /// <summary>A [m, n] times B [n, o].</summary>
    AB,

    /// <summary>A [n, m], read transposed, times B [n, o].</summary>
    AtB,

    /// <summary>A [m, n] times B [o, n], read transposed.</summary>
    ABt,

    /// <summary>A [n, m] times B [o, n], both read transposed.</summary>
    AtBt,
}
