using Husai.Autoencoders.Activations;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Training;

/// <summary>Activations whose reader is told to stop when it reads the rows of an evaluation.</summary>
internal sealed class CancellingSource(IActivationSource source, CancellationTokenSource stop) : IActivationSource
{
    // A batch is copied in parts of so many rows at most.
    private const int BatchRows = 32;

    public bool IsArmed { get; set; }

    public int Rows => source.Rows;

    public int Width => source.Width;

    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination)
    {
        if (IsArmed && rows.Length > BatchRows)
        {
            stop.Cancel();
        }

        source.CopyRows(rows, destination);
    }
}
