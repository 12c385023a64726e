using Husai.Formats.Files;
using Husai.Networks.Onnx;

namespace Husai.Networks.Sites;

/// <summary>The sites of a network.</summary>
internal static class NetworkSites
{
    /// <summary>Finds the tensors that have a row for each token, in the order of the computation, by running the network on a few tokens.
    /// </summary>
    /// <param name="file">The network.</param>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="InvalidFileException">The network cannot be run.</exception>
    public static IReadOnlyList<NetworkSite> Find(OnnxFile file, int threads)
    {
        ArgumentNullException.ThrowIfNull(file);
        return SiteFinder.Find(file, threads);
    }

    /// <summary>The site of an alias or of a tensor's name.</summary>
    /// <param name="file">The network.</param>
    /// <param name="sites">Its sites.</param>
    /// <param name="name">The alias or the tensor's name.</param>
    /// <exception cref="InvalidFileException">There is none.</exception>
    public static NetworkSite Require(OnnxFile file, IReadOnlyList<NetworkSite> sites, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(sites);
        if ((sites.FirstOrDefault(site => site.Alias == name) ?? sites.FirstOrDefault(site => site.Name == name)) is { } found)
        {
            return found;
        }

        var aliases = sites.Select(site => site.Alias).OfType<string>().ToArray();
        var known = file.Graph.Nodes.Any(node => node.Outputs.Contains(name))
            ? $"has a tensor '{name}', but without a row for each token" : $"has no tensor '{name}'";
        throw new InvalidFileException(
            file.Path, aliases.Length == 0 ? $"{known}; 'husai network sites' lists those there are"
                : $"{known}; known by short names are {string.Join(", ", aliases)}");
    }
}
