using Husai.Analysis;
using Husai.Autoencoders;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>Reads SAE folders for the analysis commands.</summary>
internal static class SaeArguments
{
    /// <summary>Loads what the measures read: encoders only where some measure needs them.</summary>
    public static IReadOnlyList<LatentDictionary> LoadDictionaries(
        IReadOnlyList<string> folders, Func<int, bool> readsEncoders, CancellationToken cancellation) =>
        [.. folders.Select(folder => LoadDictionary(folder, readsEncoders, cancellation))];

    public static SavedAutoencoder Load(string folder) => SaeFolder.Load(Require(folder));

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
            throw new BadInputException(problem.ParamName is null ? problem.Message : problem.Message.Replace($" (Parameter '{problem.ParamName}')", "", StringComparison.Ordinal));
        }
    }

    private static LatentDictionary LoadDictionary(string folder, Func<int, bool> readsEncoders, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (readsEncoders(SaeFolder.ReadLatents(Require(folder))))
        {
            var saved = SaeFolder.Load(folder);
            return Checked(() => new LatentDictionary(folder, saved.Autoencoder.Decoder, saved.Autoencoder.Encoder, saved.FiringFrequencies));
        }

        var (decoder, frequencies) = SaeFolder.LoadDecoder(folder);
        return Checked(() => new LatentDictionary(folder, decoder, firingFrequencies: frequencies));
    }

    private static string Require(string path) => Path.Exists(path)
        ? path
        : throw new BadInputException($"{path}: no such folder or file; an SAE is a folder with cfg.json and sae_weights.safetensors, or another library's");
}
