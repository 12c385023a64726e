using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Storage;

namespace Husai.Autoencoders.Tests.Interop;

/// <summary>SAEs and activations as users find them (tests/Oracles/found).</summary>
internal static class FoundFiles
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Oracles", "found");

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Copies a folder, so that a test can change it.</summary>
    public static string CopyTo(string target, string name)
    {
        foreach (var file in Directory.GetFiles(At(name), "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(At(name), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    public static ReconstructionMetrics Evaluate(string sae, string activations = "x.npy")
    {
        using var rows = new StoredActivations(At(activations));
        return SaeEvaluator.Evaluate(SaeFolder.Load(sae).Sae, rows, 1e-5, Numerics.Parallelism.Workers.Alone);
    }
}
