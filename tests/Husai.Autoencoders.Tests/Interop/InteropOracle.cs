using System.Text.Json;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>An SAE of another library with what its own forward pass gives (tests/Oracles/make_interop_files.py).</summary>
internal sealed class InteropOracle
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Oracles", "interop");

    public InteropOracle(string name)
    {
        Folder = Path.Combine(Root, name);
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));
        (Inputs, Latents, Reconstruction) = (Read(expected, "inputs"), Read(expected, "latents"), Read(expected, "reconstruction"));
    }

    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Root).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public string Folder { get; }

    public double[][] Inputs { get; }

    public double[][] Latents { get; }

    public double[][] Reconstruction { get; }

    /// <summary>Copies the library's own files, without the expected values, so that tests can change them.</summary>
    public void CopyTo(string folder)
    {
        foreach (var file in Directory.GetFiles(Folder).Where(file => Path.GetFileName(file) != "expected.json"))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }
    }

    /// <summary>
    /// The imported weights give the library's values to 1e-6 in double precision, and the forward pass gives them in single.
    /// </summary>
    public void RequireSame(Sae sae, double factor = 1) => RequireSame(sae, factor, factor, factor);

    /// <summary>The same, for inputs, latents and reconstructions that are multiples of the oracle's.</summary>
    public void RequireSame(Sae sae, double inputFactor, double latentFactor, double reconstructionFactor)
    {
        var inputs = Times(Inputs, inputFactor);
        var (latents, reconstruction) = (Times(Latents, latentFactor), Times(Reconstruction, reconstructionFactor));
        var plain = PlainForward.Of(sae, inputs);
        RequireClose(latents, plain.Latents, 1e-6);
        RequireClose(reconstruction, plain.Reconstruction, 1e-6);
        var rows = Matrix.From(inputs.Length, inputs[0].Length, [.. inputs.SelectMany(row => row).Select(value => (float)value)]);
        RequireClose(latents, Rows(sae.Encode(rows)), SinglePrecision(latents));
        RequireClose(reconstruction, Rows(sae.Reconstruct(rows)), SinglePrecision(reconstruction));
    }

    public static void RequireClose(double[][] expected, double[][] actual, double tolerance)
    {
        Assert.Equal((expected.Length, expected[0].Length), (actual.Length, actual[0].Length));
        for (var row = 0; row < expected.Length; row++)
        {
            for (var column = 0; column < expected[row].Length; column++)
            {
                Assert.Equal(expected[row][column], actual[row][column], tolerance);
            }
        }
    }

    /// <summary>A millionth of the largest value: sums of large terms that nearly cancel keep the absolute error of their terms.</summary>
    public static double SinglePrecision(double[][] values) => 1e-6 * values.Max(row => row.Max(Math.Abs));

    private static double[][] Times(double[][] values, double factor) =>
        [.. values.Select(row => Array.ConvertAll(row, value => value * factor))];

    private static double[][] Rows(Matrix matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(row => Array.ConvertAll(matrix.Row(row).ToArray(), value => (double)value))];

    private static double[][] Read(JsonDocument document, string key) =>
        JsonSerializer.Deserialize<double[][]>(document.RootElement.GetProperty(key))!;
}
