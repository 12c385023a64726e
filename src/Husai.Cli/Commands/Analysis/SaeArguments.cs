using Husai.Analysis;
using Husai.Autoencoders;
using Husai.Cli.Hosting;

namespace Husai.Cli.Commands.Analysis;

/// <summary>Reads SAE folders for the analysis commands.</summary>
internal static class SaeArguments
{
    public static IReadOnlyList<LatentDictionary> LoadDictionaries(IReadOnlyList<string> folders, CancellationToken cancellation) =>
        [.. folders.Select(folder => LoadDictionary(folder, cancellation))];

    public static SavedAutoencoder Load(string folder)
    {
        if (!Path.Exists(folder))
        {
            throw new BadInputException($"{folder}: no such folder or file; an SAE is a folder with cfg.json and sae_weights.safetensors, or another library's");
        }

        return SaeFolder.Load(folder);
    }

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

    private static LatentDictionary LoadDictionary(string folder, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var saved = Load(folder);
        return Checked(() => new LatentDictionary(folder, saved.Autoencoder.Decoder, saved.Autoencoder.Encoder, saved.FiringFrequencies));
    }
}
