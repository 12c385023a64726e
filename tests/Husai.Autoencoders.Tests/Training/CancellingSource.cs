using Husai.Autoencoders.Activations;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Training;

/// <summary>
/// Activations whose reader is told to stop when it reads the rows of an evaluation: those that follow a batch, once it is armed.
/// </summary>
internal sealed class CancellingSource(IActivationSource source, int batchSize, CancellationTokenSource stop) : IActivationSource
{
    private int _readWhileArmed;

    public bool IsArmed { get; set; }

    public int Rows => source.Rows;

    public int Width => source.Width;

    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination)
    {
        if (IsArmed && Interlocked.Add(ref _readWhileArmed, rows.Length) > batchSize)
        {
            stop.Cancel();
        }

        source.CopyRows(rows, destination);
    }
}
