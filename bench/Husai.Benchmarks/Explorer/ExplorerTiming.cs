using System.Globalization;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Explorer;

/// <summary>How long <c>husai serve</c> takes for its pages with many runs and large SAEs below its folder, and its memory.</summary>
internal static class ExplorerTiming
{
    private const int Width = 768;
    private const int MetricsLines = 40;
    private const int PagesTimed = 40;

    /// <summary>Makes the runs in a temporary folder, and asks a server of its own process for pages.</summary>
    /// <param name="runs">Trainings of small SAEs.</param>
    /// <param name="latents">Latents of the large SAEs.</param>
    /// <param name="seeds">How many large SAEs there are.</param>
    public static void Run(int runs, int latents, int seeds)
    {
        var root = Directory.CreateTempSubdirectory("husai-explorer-timing-").FullName;
        try
        {
            WriteRuns(root, runs);
            for (var seed = 1; seed <= seeds; seed++)
            {
                SaeFolder.Save(
                    Path.Combine(root, "large", string.Create(CultureInfo.InvariantCulture, $"seed_{seed}")), Random(latents, Width, seed));
            }

            using var server = new ServedFolder(root);
            var sae = $"sae={Uri.EscapeDataString(Path.GetFileName(root) + "/large/seed_1")}";
            Report("first page, first", server.Time("/"));
            Report("first page", Times(server, _ => "/"));
            Report("latent, first", server.Time($"/latent?{sae}&latent=0"));
            Report("latent", Times(server, page => $"/latent?{sae}&latent={(page * 577) % latents}"));
            Report("SAE", Times(server, page => $"/sae?{sae}&page={page + 1}"));
            Console.WriteLine($"memory: {server.PeakMegabytes()} MB at most");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static double[] Times(ServedFolder server, Func<int, string> link) =>
        [.. Enumerable.Range(0, PagesTimed).Select(page => server.Time(link(page))).Order()];

    private static void Report(string what, params double[] seconds) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{what,-20} median {1000 * seconds[seconds.Length / 2],7:F0} ms, at most {1000 * seconds[^1],7:F0} ms"));

    private static void WriteRuns(string root, int runs)
    {
        var metrics = string.Concat(Enumerable.Range(1, MetricsLines).Select(line => string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"step\":{line * 50},\"loss\":{1.0 / line},\"explained_variance\":0.9,\"l0\":8,\"dead_fraction\":0.01}}\n")));
        for (var run = 0; run < runs; run++)
        {
            var folder = Path.Combine(root, $"group_{run / 50}", $"run_{run}");
            SaeFolder.Save(folder, Random(16, 8, run));
            File.WriteAllText(Path.Combine(folder, "options.json"), "{}");
            File.WriteAllText(Path.Combine(folder, "metrics.jsonl"), metrics);
            File.WriteAllText(Path.Combine(folder, "summary.json"), "{}");
        }
    }

    private static SavedSae Random(int latents, int width, int seed)
    {
        var (encoder, decoder) = (new Matrix(latents, width), new Matrix(latents, width));
        new RandomStream((ulong)seed, "bench.encoder").FillNormal(encoder.AsSpan());
        new RandomStream((ulong)seed, "bench.decoder").FillNormal(decoder.AsSpan());
        return new SavedSae(Sae.TopK(encoder, decoder, new float[latents], new float[width], 8))
        {
            FiringFrequencies = [.. Enumerable.Range(0, latents).Select(latent => 0.1 / (1 + latent))],
        };
    }
}
