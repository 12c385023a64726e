using Husai.Experiments.Studies.Results;
using Husai.Reporting.Drawing;

namespace Husai.Reporting.Data;

/// <summary>Refuses data whose parts do not fit together.</summary>
internal static class ReportDataCheck
{
    /// <exception cref="ArgumentException">Lists have lengths that contradict each other; the message names them.</exception>
    public static void Check(StudyReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var twice = data.Configurations.GroupBy(configuration => configuration.Name).FirstOrDefault(group => group.Count() > 1);
        Require(twice is null, $"two configurations are named {twice?.Key}");
        foreach (var matrix in data.Similarities)
        {
            var count = matrix.Values.Count;
            Require(count > 0 && matrix.Values.All(row => row.Count == count), $"the similarity matrix '{matrix.Name}' is not square");
            Require(
                matrix.Groups.Count == count && matrix.Labels.Count == count,
                $"the similarity matrix '{matrix.Name}' has {count} rows, {matrix.Groups.Count} groups and {matrix.Labels.Count} labels");
        }

        foreach (var configuration in data.Configurations)
        {
            CheckHistograms(configuration);
        }

        foreach (var map in data.Latents.SelectMany(portrait => portrait.Maps))
        {
            Require(
                map.Size() > 2 && map.Activations.Count == map.Size() * map.Size(),
                $"the map of latent {map.Latent} of seed {map.Seed} has {map.Activations.Count} values, which are not those of all pairs");
        }

        Require(data.Latents.All(portrait => portrait.Maps.Count > 0), "a latent's portrait has no maps");
    }

    private static void CheckHistograms(ConfigurationResults configuration)
    {
        if (configuration.BestMatches is { Observed.Count: > 0 } matches)
        {
            var bins = matches.Edges.Count - 1;
            IReadOnlyList<double>[] levels = [matches.SameShape, matches.Turned, matches.Isotropic];
            Require(
                matches.Observed.Count == bins && levels.All(level => level.Count == 0 || level.Count == bins),
                $"the best matches of {configuration.Name} do not have one value for each of {bins} bins");
        }

        if (configuration.Firing is { Counts.Count: > 0 } firing)
        {
            Require(
                firing.Counts.Count == firing.BinEdges.Count - 1 && firing.DeadThreshold > 0,
                $"the firing frequencies of {configuration.Name} have {firing.Counts.Count} counts for {firing.BinEdges.Count} edges, "
                    + $"dead below {FigureNumbers.Short(firing.DeadThreshold)}");
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException("study data: " + message);
        }
    }
}
