using System.Globalization;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Formats.Numpy;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Analysis;

/// <summary>Three TopK SAEs of <see cref="PlantedDictionaries"/> in a folder, and activations on which their shared latents fire.</summary>
internal static class PlantedSaes
{
    private const int Seeds = 3;
    private const int Active = 32;

    /// <summary>Writes them.</summary>
    /// <param name="folder">Folder; <c>seed_1</c> to <c>seed_3</c> and <c>activations.npy</c> come into it.</param>
    /// <param name="latents">Latents of each SAE.</param>
    /// <param name="width">Width of the activations.</param>
    /// <param name="rows">Rows of activations, each a sum of 32 of the shared directions.</param>
    public static void Write(string folder, int latents, int width, int rows)
    {
        var planted = new PlantedDictionaries(latents, width);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var directions = planted.Make((uint)seed);
            var sae = Sae.TopK(directions, directions, new float[latents], new float[width], Math.Min(Active, latents));
            SaeFolder.Save(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"seed_{seed}")), new SavedSae(sae));
        }

        NumpyFile.WriteRows(Path.Combine(folder, "activations.npy"), rows, width, writer =>
        {
            var stream = new RandomStream(0, "bench.planted.activations");
            var row = new Matrix(1, width);
            for (var number = 0; number < rows; number++)
            {
                row.Row(0).Clear();
                for (var term = 0; term < Active; term++)
                {
                    Elementwise.MultiplyAdd(row.Row(0), planted.Shared.Row(stream.NextInt32(planted.Shared.Rows)), 1 + stream.NextSingle());
                }

                writer.Append(row);
            }
        });
    }
}
