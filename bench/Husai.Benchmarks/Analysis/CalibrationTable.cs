using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Benchmarks.Analysis;

/// <summary>
/// Kappa of sets whose truth is known: independent dictionaries, where it is 0 and an interval above 0 is a false alarm, and dictionaries
/// that share some of their latents.
/// </summary>
internal static class CalibrationTable
{
    private static readonly int[] Seeds = [3, 5, 10];

    // Cosine of a shared latent's copies to the direction that they share.
    private const float CopyCosine = .95f;

    /// <summary>Prints the table as Markdown, a row as soon as it is measured.</summary>
    /// <param name="sets">Sets of the smallest size; larger sizes take fewer, at least two.</param>
    /// <param name="threads">Threads to use.</param>
    public static void Run(int sets, int threads)
    {
        using var workers = new Workers(threads);
        Console.WriteLine(
            "| geometry, n x d | shared | sets | kappa (sd) | intervals above 0 with 3 / 5 / 10 seeds | turned (sd) | intervals above 0 |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var isLowRank in (bool[])[false, true])
        {
            Row(20, 16, isLowRank, 0, sets, workers);
            Row(200, 128, isLowRank, 0, Math.Max(2, sets / 4), workers);
            Row(1000, 128, isLowRank, 0, Math.Max(2, sets / 10), workers);
            Row(2000, 512, isLowRank, 0, Math.Max(2, sets / 20), workers);
        }

        foreach (var shared in (double[])[.1, .25, .5, 1])
        {
            foreach (var isLowRank in (bool[])[false, true])
            {
                Row(20, 16, isLowRank, shared, sets, workers);
                Row(200, 128, isLowRank, shared, Math.Max(2, sets / 4), workers);
            }
        }
    }

    private static void Row(int latents, int width, bool isLowRank, double shared, int sets, Workers workers)
    {
        var root = Root(width, isLowRank);
        var covariance = Covariance.FromValues(Squares(root), new double[width], 1_000_000);
        var same = Seeds.Select(_ => new List<Kappa>()).ToArray();
        var turned = Seeds.Select(_ => new List<Kappa>()).ToArray();
        for (var set = 0; set < sets; set++)
        {
            var stream = new RandomStream(101, $"bench.calibration.{latents}.{isLowRank}.{shared}", (uint)set);
            var common = RandomDirections.WithCovariance(latents, root, stream);
            var dictionaries = Enumerable.Range(0, Seeds.Max())
                .Select(seed => new LatentDictionary($"{seed}", Draw(common, root, shared, stream))).ToArray();
            for (var number = 0; number < Seeds.Length; number++)
            {
                var options = new StabilityOptions { Parts = StabilityParts.Turned, ChanceSeed = (ulong)set };
                var stability = SeedStability.Of(dictionaries[..Seeds[number]], options, covariance, workers: workers);
                same[number].Add(stability.Kappa!);
                turned[number].Add(stability.KappaTurned!);
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {(isLowRank ? "low rank" : "isotropic")} {latents}x{width} | {shared} | {sets} | {Moments(same[1])} | {Alarms(same)} | "
                + $"{Moments(turned[1])} | {Alarms(turned)} |"));
    }

    // Numbers of live latents vary, by 15% either way.
    private static Matrix Draw(Matrix common, Matrix root, double shared, RandomStream stream)
    {
        var rows = RandomDirections.WithCovariance((int)(common.Rows * (.85 + (.3 * stream.NextDouble()))), root, stream);
        var noise = MathF.Sqrt(1 - (CopyCosine * CopyCosine));
        for (var row = 0; row < Math.Min((int)(shared * common.Rows), rows.Rows); row++)
        {
            // The part of the latent's own direction that lies across the shared one.
            var own = rows.Row(row);
            Elementwise.MultiplyAdd(own, common.Row(row), -(float)Reductions.Dot(own, common.Row(row)));
            Elementwise.Scale(own, noise / MathF.Sqrt((float)Reductions.SumOfSquares(own)));
            Elementwise.MultiplyAdd(own, common.Row(row), CopyCosine);
        }

        return rows;
    }

    private static string Moments(List<Kappa> kappas)
    {
        var mean = kappas.Average(kappa => kappa.Value);
        var deviation = Math.Sqrt(kappas.Sum(kappa => (kappa.Value - mean) * (kappa.Value - mean)) / (kappas.Count - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:+.000;-.000;.000} ({deviation:.000})");
    }

    private static string Alarms(List<Kappa>[] kappas) =>
        string.Join(
            " / ",
            kappas.Select(found =>
                string.Create(CultureInfo.InvariantCulture, $"{100.0 * found.Count(kappa => kappa.Low > 0) / found.Count:0}%")));

    private static Matrix Root(int width, bool isLowRank)
    {
        var root = new Matrix(width, width);
        for (var axis = 0; axis < width; axis++)
        {
            root[axis, axis] = isLowRank ? (float)Math.Pow(axis + 1, -.75) : 1;
        }

        return root;
    }

    private static double[,] Squares(Matrix root)
    {
        var result = new double[root.Rows, root.Rows];
        for (var axis = 0; axis < root.Rows; axis++)
        {
            result[axis, axis] = root[axis, axis] * root[axis, axis];
        }

        return result;
    }
}
