using System.Runtime.InteropServices;

namespace Husai.Autoencoders.Engine;

/// <summary>One row on which a latent fired. The three stand together, so that sorting writes to one place for each latent and not to three.</summary>
/// <param name="Row">Row of the batch.</param>
/// <param name="Value">Weight of the row's output gradient in the decoder's gradient.</param>
/// <param name="Gradient">Weight of the row's input in the encoder's gradient.</param>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(float))]
internal readonly unsafe record struct LatentEntry(int Row, float Value, float Gradient)
{
    /// <summary>Floats from one entry's field to the next entry's.</summary>
    public const int Stride = 3;

    /// <summary>The first of the entries' rows; the others follow <see cref="Stride"/> apart.</summary>
    public static int* Rows(LatentEntry* entries) => (int*)entries;

    /// <summary>The first of the entries' values; the others follow <see cref="Stride"/> apart.</summary>
    public static float* Values(LatentEntry* entries) => (float*)entries + 1;

    /// <summary>The first of the entries' gradients; the others follow <see cref="Stride"/> apart.</summary>
    public static float* Gradients(LatentEntry* entries) => (float*)entries + 2;
}
