using System.Globalization;
using System.Text;
using Husai.Analysis.Stability;
using Husai.Formats.Files;

namespace Husai.Cli.Commands.Analysis;

/// <summary>
/// The file of <c>--per-latent</c>: CSV (RFC 4180), a line for each latent that takes part, with its nearest latent in each other SAE.
/// <c>partner_2</c> and <c>cosine_2</c> are those in the second SAE of the command line, and empty for the second SAE's own latents; so is
/// an unknown firing frequency.
/// </summary>
internal static class PerLatentFile
{
    private const string FirstColumns = "sae,latent,firing_frequency,stability,stability_low,stability_high,mean_cosine";

    /// <summary>Whether a file is such a table: its first line says so.</summary>
    public static bool IsOne(string path)
    {
        Span<byte> start = stackalloc byte[FirstColumns.Length];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length
            && Encoding.ASCII.GetString(start) == FirstColumns;
    }

    /// <summary>Writes the file as a whole.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="saes">The SAEs, in the order of the command line.</param>
    /// <param name="latents">Their latents.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<string> saes, IEnumerable<LatentStability> latents) =>
        AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        writer.Write(FirstColumns);
        for (var sae = 1; sae <= saes.Count; sae++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $",partner_{sae},cosine_{sae}"));
        }

        writer.Write("\r\n");
        foreach (var latent in latents)
        {
            writer.Write(Field(saes[latent.Sae]));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $",{latent.Latent},{latent.FiringFrequency},{latent.Probability},{latent.Low},{latent.High},{latent.MeanCosine}"));
            for (var sae = 0; sae < saes.Count; sae++)
            {
                writer.Write(
                    sae == latent.Sae
                        ? ",,"
                        : string.Create(CultureInfo.InvariantCulture, $",{latent.Partners[sae]},{latent.Cosines[sae]}"));
            }

            writer.Write("\r\n");
        }
    });

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
