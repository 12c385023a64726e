using System.CommandLine;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>Reads SAE folders for the analysis commands.</summary>
internal static class SaeArguments
{
    /// <summary>Loads what the measures read: encoders only where some measure needs them.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="readsEncoders">Whether encoders are needed, by the number of latents.</param>
    /// <param name="distinct">Refuses an SAE that was given already; null where it may come again.</param>
    /// <param name="cancellation">Stops between two folders.</param>
    public static IReadOnlyList<LatentDictionary> LoadDictionaries(
        IReadOnlyList<string> folders, Func<int, bool> readsEncoders, DistinctSaes? distinct, CancellationToken cancellation) =>
        [.. folders.Select(folder =>
        {
            distinct?.AddPath(Require(folder));
            cancellation.ThrowIfCancellationRequested();
            var dictionary = Checked(() => TrainedDictionary.Load(folder, folder, readsEncoders));
            distinct?.AddWeights(folder, dictionary.Decoder);
            return dictionary;
        })];

    /// <summary>The option that lets equal weights count as several seeds.</summary>
    public static Option<bool> AllowEqual() => new("--allow-equal") { Description = "Count SAEs with equal weights as separate seeds" };

    /// <summary>What SAEs say of where they belong.</summary>
    public static IReadOnlyList<(string Name, Provenance Provenance)> Provenances(IReadOnlyList<string> folders) =>
        [.. folders.Select(folder => (folder, SaeFolder.ReadProvenance(Require(folder))))];

    /// <summary>Loads whole SAEs.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="distinct">Refuses an SAE that was given already; null where it may come again.</param>
    /// <param name="cancellation">Stops between two folders.</param>
    public static IReadOnlyList<SavedSae> LoadAll(
        IReadOnlyList<string> folders, DistinctSaes? distinct, CancellationToken cancellation) =>
        [.. folders.Select(folder =>
        {
            cancellation.ThrowIfCancellationRequested();
            var saved = Load(folder);
            distinct?.AddPath(folder);
            distinct?.AddWeights(folder, saved.Sae.Decoder);
            return saved;
        })];

    public static SavedSae Load(string folder) => SaeFolder.Load(Require(folder));

    /// <summary>Runs a check whose complaints about its input are the user's to mend.</summary>
    public static void Checked(Action check) => Checked(() =>
    {
        check();
        return true;
    });

    /// <summary>Runs an analysis whose complaints about its input are the user's to mend.</summary>
    public static T Checked<T>(Func<T> analysis)
    {
        try
        {
            return analysis();
        }
        catch (ArgumentException problem)
        {
            // Without the name of the parameter, which means nothing on a command line.
            throw new BadInputException(
                problem.ParamName is null
                    ? problem.Message
                    : problem.Message.Replace($" (Parameter '{problem.ParamName}')", "", StringComparison.Ordinal));
        }
    }

    private static string Require(string path) => Path.Exists(path)
        ? path
        : throw new BadInputException(
            $"{path}: no such folder or file; an SAE is a folder with cfg.json and sae_weights.safetensors, or another library's");
}
