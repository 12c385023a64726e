using Husai.Autoencoders.Engine;

namespace Husai.Autoencoders.Architectures;

/// <summary>One row of a batch whose active latents are known, on its way through decoder and residual.</summary>
internal readonly unsafe ref struct RowPass
{
    /// <summary>The row's input minus the decoder bias.</summary>
    public required float* Centred { get; init; }

    /// <summary>
    /// Receives the gradient of the squared error in the reconstruction, up to <see cref="Scale"/>, of each nested dictionary.
    /// </summary>
    public required float* OutputGradient { get; init; }

    /// <summary>Floats from the output gradient of one nested dictionary to the next.</summary>
    public required nint GroupStride { get; init; }

    /// <summary>
    /// Receives reconstruction minus input of each nested dictionary, <see cref="GroupStride"/> apart, where there are several and dead
    /// latents reconstruct what each leaves; else null.
    /// </summary>
    public required float* LevelResiduals { get; init; }

    /// <summary>Receives reconstruction minus input. It is <see cref="OutputGradient"/> itself where there is one dictionary.</summary>
    public required float* Residual { get; init; }

    /// <summary>Holds the row's entries; receives their gradients.</summary>
    public required EntryBlock Entries { get; init; }

    /// <summary>The row's first entry.</summary>
    public required int From { get; init; }

    /// <summary>The row's number of entries.</summary>
    public required int Count { get; init; }

    /// <summary>2 x reconstruction weight / rows of the batch: what output gradients are to be multiplied with.</summary>
    public required float Scale { get; init; }

    /// <summary>Sparsity coefficient, schedule applied, / rows of the batch.</summary>
    public required float Penalty { get; init; }

    /// <summary>Room for one more row.</summary>
    public required float* Scratch { get; init; }
}

/// <summary>Losses of one row, not yet divided by the number of rows.</summary>
/// <param name="SquaredError">Squared error (for nested dictionaries their weighted sum).</param>
/// <param name="Sparsity">What the sparsity coefficient multiplies.</param>
/// <param name="Other">Further squared errors that the loss contains.</param>
internal readonly record struct RowLoss(double SquaredError, double Sparsity, double Other = 0);
