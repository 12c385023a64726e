using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Rows of activations, wherever they are. Reading must be safe from several threads at once.</summary>
public interface IActivationSource
{
    /// <summary>Number of rows.</summary>
    int Rows { get; }

    /// <summary>Width of a row.</summary>
    int Width { get; }

    /// <summary>Copies some rows.</summary>
    /// <param name="rows">Which, in any order.</param>
    /// <param name="destination"><c>[rows, width]</c>: as many rows as asked for.</param>
    void CopyRows(ReadOnlySpan<int> rows, Matrix destination);
}
