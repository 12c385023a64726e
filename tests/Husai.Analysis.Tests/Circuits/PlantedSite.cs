using Husai.Analysis.Chance;
using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Circuits;

/// <summary>
/// Activations whose circuit is known: waves of a + b at four frequencies, each in a plane of its own, orthogonal to the others.
/// </summary>
internal sealed class PlantedSite
{
    public const int Modulus = 31;
    public const int Width = 24;
    public const double Offset = 0.1;
    public static readonly int[] Frequencies = [3, 7, 11, 14];
    public static readonly double[] Amplitudes = [2.0, 1.5, 1.2, 1.0];

    public PlantedSite(double noise = 0)
    {
        Planes = RandomDirections.Orthonormal(2 * Frequencies.Length, Width, new RandomStream(31, "test.planted"));
        Activations = new Matrix(Modulus * Modulus, Width);
        var stream = new RandomStream(32, "test.noise");
        for (var row = 0; row < Activations.Rows; row++)
        {
            var sum = row / Modulus + row % Modulus;
            for (var i = 0; i < Width; i++)
            {
                var value = Offset + noise * stream.NextNormal();
                for (var plane = 0; plane < Frequencies.Length; plane++)
                {
                    var angle = 2 * Math.PI * Frequencies[plane] * sum / Modulus;
                    value += Amplitudes[plane] * (Math.Cos(angle) * Planes[2 * plane, i] + Math.Sin(angle) * Planes[2 * plane + 1, i]);
                }

                Activations[row, i] = (float)value;
            }
        }
    }

    /// <summary>Orthonormal rows, two for each frequency: where its cosine and its sine go.</summary>
    public Matrix Planes { get; }

    public Matrix Activations { get; }

    public Circuit FindCircuit() => Circuit.Of(Activations, Modulus);

    /// <summary>
    /// Four half-wave latents for each of the first planes, which write into that plane; the rest look at noise and write anywhere like the
    /// activations do.
    /// </summary>
    public BasisUnderTest Dictionary(int recoveredPlanes, uint index = 0)
    {
        const int phases = 4;
        var latents = phases * Frequencies.Length;
        var stream = new RandomStream(33, "test.dictionary", index);
        var random = RandomDirections.WithCovariance(latents, FindCircuit().Covariance.SquareRoot(), stream);
        var decoder = new Matrix(latents, Width);
        var maps = new Matrix(latents, Modulus * Modulus);
        for (var latent = 0; latent < latents; latent++)
        {
            var plane = latent / phases;
            var phase = 2 * Math.PI * (latent % phases + 0.3) / phases;
            if (plane >= recoveredPlanes)
            {
                random.Row(latent).CopyTo(decoder.Row(latent));
                Rectify(maps.Row(latent), row => stream.NextNormal());
                continue;
            }

            for (var i = 0; i < Width; i++)
            {
                decoder[latent, i] = (float)(
                    Amplitudes[plane] * (Math.Cos(phase) * Planes[2 * plane, i] + Math.Sin(phase) * Planes[2 * plane + 1, i]));
            }

            Rectify(
                maps.Row(latent), row => Math.Cos(2 * Math.PI * Frequencies[plane] * (row / Modulus + row % Modulus) / Modulus - phase));
        }

        return new BasisUnderTest(new LatentDictionary($"{recoveredPlanes} planes", decoder, decoder), maps);
    }

    private static void Rectify(Span<float> map, Func<int, double> value)
    {
        for (var row = 0; row < map.Length; row++)
        {
            map[row] = (float)Math.Max(0, value(row));
        }
    }
}
