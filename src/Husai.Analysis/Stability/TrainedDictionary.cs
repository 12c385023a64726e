using System.Text.Json.Nodes;
using Husai.Analysis.Similarity;
using Husai.Autoencoders.Storage;
using Husai.Formats.Files;

namespace Husai.Analysis.Stability;

/// <summary>
/// Reads a dictionary with what is known of its training's start: the seed of its initialisation, and its weights at step 0 where the
/// training kept them.
/// </summary>
internal static class TrainedDictionary
{
    /// <summary>Reads a folder.</summary>
    /// <param name="name">How results call it.</param>
    /// <param name="path">What <see cref="SaeFolder.Load"/> takes; a training's folder may hold snapshots beside the weights.</param>
    /// <param name="withEncoder">Whether encoders are read too, by the number of latents.</param>
    /// <exception cref="InvalidFileException">A file is missing or not what it should be.</exception>
    /// <exception cref="ArgumentException">A weight is not finite.</exception>
    public static LatentDictionary Load(string name, string path, Func<int, bool> withEncoder)
    {
        var (dictionary, metadata) = Read(name, path, withEncoder);
        var folder = File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))! : path;
        var snapshot = TrainingSnapshot.Of(folder).FirstOrDefault(snapshot => snapshot.Step == 0);
        return new LatentDictionary(name, dictionary.Decoder, dictionary.Encoder, dictionary.FiringFrequencies)
        {
            InitialisationSeed = SeedOf(metadata),
            Start = snapshot is null ? null : Read($"{name} at step 0", snapshot.Folder, withEncoder).Dictionary,
        };
    }

    /// <summary>The dictionary of an SAE in memory, with the seed of its initialisation where that is known.</summary>
    /// <param name="name">How results call it.</param>
    /// <param name="saved">The SAE.</param>
    /// <exception cref="ArgumentException">A weight is not finite.</exception>
    public static LatentDictionary Of(string name, SavedSae saved)
    {
        ArgumentNullException.ThrowIfNull(saved);
        return new LatentDictionary(name, saved.Sae.Decoder, saved.Sae.Encoder, saved.FiringFrequencies)
        {
            InitialisationSeed = SeedOf(saved.Metadata),
        };
    }

    // Other libraries note seeds of which it is not known what they decide: only trainings of our own, which note these too, are taken at
    // their word.
    internal static long? SeedOf(JsonObject metadata) =>
        metadata.ContainsKey("input_scale") && metadata.ContainsKey("num_dead_features") && metadata["seed"] is JsonValue value
            && value.TryGetValue(out long seed)
            ? seed
            : null;

    private static (LatentDictionary Dictionary, JsonObject Metadata) Read(string name, string path, Func<int, bool> withEncoder)
    {
        var saved = SaeFolder.LoadDirections(path, withEncoder);
        return (new LatentDictionary(name, saved.Decoder, saved.Encoder, saved.FiringFrequencies), saved.Metadata);
    }
}
