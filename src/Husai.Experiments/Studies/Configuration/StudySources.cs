using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Finds the files that a study reads: their paths become full ones, and what they hold a part of the study.</summary>
/// <remarks>What a study's folder says was found is not looked at again: its results are read where the files are not.</remarks>
internal static class StudySources
{
    /// <summary>The study with what was found.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">Folder that its paths are relative to.</param>
    /// <exception cref="InvalidFileException">A file is missing or damaged, or does not fit.</exception>
    public static StudyOptions Find(StudyOptions study, string folder) => study with
    {
        Networks = [.. study.Networks.Select(network => Find(network, folder))],
        Activations = [.. study.Activations.Select(activations => Find(activations, folder))],
    };

    /// <summary>Makes sure that a file is the one that was found.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hash">Its hash now.</param>
    /// <param name="found">The hash then.</param>
    /// <exception cref="InvalidFileException">It is another one.</exception>
    public static void RequireFound(string path, string hash, string? found)
    {
        if (hash != found)
        {
            throw new InvalidFileException(
                path, "is not the file that the study began with: put that back, or run the study with this one");
        }
    }

    private static StudyNetwork Find(StudyNetwork given, string folder)
    {
        string FullPath(string path) => Path.GetFullPath(path, Path.GetFullPath(folder));
        var network = given with
        {
            Model = FullPath(given.Model),
            Tokenizer = given.Tokenizer is null ? null : FullPath(given.Tokenizer),
            Text = FullPath(given.Text),
        };
        if (network.Found is not null)
        {
            return network;
        }

        // The tokenizer is named: one beside the model is none beside a randomised copy.
        var extraction = network.Open(threads: 1);
        return network with
        {
            Tokenizer = extraction.Tokenizer?.Path,
            Found = new FoundNetwork
            {
                Model = extraction.File.Hash,
                Tokenizer = extraction.Tokenizer?.Hash,
                Text = extraction.Corpus.Hash,
                Widths = [.. extraction.Sites.Select(site => site.Width)],
            },
        };
    }

    private static StudyActivations Find(StudyActivations activations, string folder)
    {
        var path = Path.GetFullPath(activations.Path, Path.GetFullPath(folder));
        return activations with { Path = path, Found = activations.Found ?? FoundActivations.At(path) };
    }
}
