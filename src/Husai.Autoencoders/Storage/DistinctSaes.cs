using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Storage;

/// <summary>
/// Makes sure that no SAE counts as several seeds: by its folder, whatever path or link leads there, and by its weights, of which a copy
/// has the same.
/// </summary>
/// <param name="allowsEqualWeights">Whether folders of their own may hold the same weights.</param>
internal sealed class DistinctSaes(bool allowsEqualWeights = false)
{
    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _decoders = new(StringComparer.Ordinal);

    /// <summary>Takes in a folder before it is read.</summary>
    /// <param name="path">The folder or file; it must exist.</param>
    /// <exception cref="InvalidFileException">It was given already.</exception>
    public void AddPath(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var real = RealPath.Of(path);
        if (!_folders.TryAdd(real, path))
        {
            var earlier = _folders[real];
            throw new InvalidFileException(path, earlier == path
                ? "is given twice: the same SAE is not a second seed"
                : $"is the same SAE as {earlier}: it is not a second seed");
        }
    }

    /// <summary>Takes in the weights that a folder holds.</summary>
    /// <param name="path">The folder or file.</param>
    /// <param name="decoder">Its decoder, as <see cref="SaeFolder.LoadDirections"/> reads it; other weights are read only where decoders
    /// are equal.</param>
    /// <exception cref="InvalidFileException">Another folder holds the same weights, and that is not allowed.</exception>
    public void AddWeights(string path, Matrix decoder)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(decoder);
        if (allowsEqualWeights)
        {
            return;
        }

        var hash = ContentHash.OfFloats([decoder]);
        if (!_decoders.TryGetValue(hash, out var alike))
        {
            _decoders.Add(hash, [path]);
            return;
        }

        var weights = WeightsOf(path);
        if (alike.Find(other => WeightsOf(other) == weights) is { } equal)
        {
            throw new InvalidFileException(
                path,
                $"has the same weights as {equal} (hash {weights[..12]}): the same weights are no second seed; --allow-equal to count "
                    + $"them all the same");
        }

        alike.Add(path);
    }

    private static string WeightsOf(string path) => SaeFolder.WeightsHash(SaeFolder.Load(path).Sae);
}
