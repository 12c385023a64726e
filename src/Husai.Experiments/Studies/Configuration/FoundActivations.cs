using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Activations;
using Husai.Formats.Files;
using Husai.Formats.Stores;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>What a file or store of activations held when the study was read.</summary>
internal sealed record FoundActivations
{
    /// <summary>Number of rows.</summary>
    [Description("Number of rows")]
    [Range(2, int.MaxValue)]
    public required int Rows { get; init; }

    /// <summary>Values of a row.</summary>
    [Description("Values of a row")]
    [Range(1, int.MaxValue)]
    public required int Width { get; init; }

    /// <summary>The store's hash; of a file that of its values, as <see cref="ActivationIdentity"/> makes it.</summary>
    [Description("Hash of the store, or of the file's values")]
    public required string Hash { get; init; }

    /// <summary>Looks at a file or store.</summary>
    /// <param name="path">The path.</param>
    /// <exception cref="InvalidFileException">It is missing or damaged, or holds too few rows to train on.</exception>
    internal static FoundActivations At(string path)
    {
        using var opened = new StoredActivations(path);
        if (opened.Rows < 2 || opened.Width < 1)
        {
            throw new InvalidFileException(path, $"holds activations of shape [{opened.Rows}, {opened.Width}]: too few to train on");
        }

        return new FoundActivations
        {
            Rows = opened.Rows,
            Width = opened.Width,
            Hash = StoreDescription.IsStore(path) ? StoreDescription.Read(path).Hash! : ActivationIdentity.Of(opened).Hash,
        };
    }
}
