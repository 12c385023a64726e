using Husai.Analysis.Circuits;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Analysis.Causal;

/// <summary>
/// Takes waves out of activations (the basis of Nanda et al.'s excluded loss), or keeps nothing else but them and the mean (restricted
/// loss).
/// </summary>
internal static class WaveFilter
{
    /// <summary>
    /// Activations without the planes' waves. At a site that is read linearly, the loss that follows is the excluded loss of these waves.
    /// </summary>
    /// <param name="activations"><c>[p², width]</c> of the site that the planes were found at.</param>
    /// <param name="planes">The planes whose waves go.</param>
    /// <param name="modulus">The modulus p.</param>
    public static Matrix Remove(Matrix activations, IEnumerable<FourierPlane> planes, int modulus)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(planes);
        var result = activations.Clone();
        Add(result, planes, modulus, -1);
        return result;
    }

    /// <summary>The mean activation plus the planes' waves.</summary>
    /// <param name="circuit">The site.</param>
    /// <param name="planes">The planes whose waves stay.</param>
    public static Matrix Keep(Circuit circuit, IEnumerable<FourierPlane> planes)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(planes);
        var result = new Matrix(circuit.Modulus * circuit.Modulus, circuit.Covariance.Width);
        for (var row = 0; row < result.Rows; row++)
        {
            for (var i = 0; i < result.Columns; i++)
            {
                result.Row(row)[i] = (float)circuit.Covariance.Mean[i];
            }
        }

        Add(result, planes, circuit.Modulus, 1);
        return result;
    }

    private static void Add(Matrix target, IEnumerable<FourierPlane> planes, int modulus, int sign)
    {
        var waves = new FourierWaves(modulus);
        var scale = sign * Math.Sqrt(2) / modulus;
        foreach (var plane in planes)
        {
            for (var line = 0; line < plane.Lines.Count; line++)
            {
                for (var row = 0; row < target.Rows; row++)
                {
                    var x = Residue(plane.Lines[line], row / modulus, row % modulus, modulus);
                    Elementwise.MultiplyAdd(
                        target.Row(row), plane.Regressions.Row(2 * line), (float)(scale * waves.Cosine(plane.Frequency, x)));
                    Elementwise.MultiplyAdd(
                        target.Row(row), plane.Regressions.Row(2 * line + 1), (float)(scale * waves.Sine(plane.Frequency, x)));
                }
            }
        }
    }

    private static int Residue(GridLine line, int a, int b, int modulus) => line switch
    {
        GridLine.First => a,
        GridLine.Second => b,
        GridLine.Sum => (a + b) % modulus,
        _ => (a - b + modulus) % modulus,
    };
}
