using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Rows of activations, wherever they are. Reading must be safe from several threads at once.</summary>
public interface IActivationSource
{
    /// <summary>Number of rows.</summary>
    int Rows { get; }

    /// <summary>Width of a row.</summary>
    int Width { get; }

    /// <summary>
    /// How many rows that follow each other are read at little more cost than one of them; 1 where it does not matter which rows are read.
    /// </summary>
    int BlockRows => 1;

    /// <summary>Copies some rows.</summary>
    /// <param name="rows">Which, in any order.</param>
    /// <param name="destination"><c>[rows, width]</c>: as many rows as asked for.</param>
    void CopyRows(ReadOnlySpan<int> rows, Matrix destination);
}
