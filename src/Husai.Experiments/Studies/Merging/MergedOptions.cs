using Husai.Experiments.Configuration;
using Husai.Experiments.Studies.Configuration;
using Husai.Formats.Files;

namespace Husai.Experiments.Studies.Merging;

/// <summary>
/// The study that contains several: their transformers, sites, SAEs and seeds, those of the first before those of the next. What is
/// measured must be the same in all.
/// </summary>
internal static class MergedOptions
{
    /// <summary>Makes it.</summary>
    /// <param name="studies">The studies with the folders that messages name.</param>
    /// <exception cref="InvalidFileException">Two studies call different things by one name, or measure different things.</exception>
    /// <exception cref="ConfigurationException">The study as a whole breaks a rule that its parts keep.</exception>
    public static StudyOptions Of(IReadOnlyList<(StudyOptions Options, string Folder)> studies)
    {
        var first = studies[0].Options;
        foreach (var (options, folder) in studies.Skip(1))
        {
            RequireSame("name", first.Name, options.Name, folder);
            RequireSame("analyses", ConfigurationWriter.Write(first.Analyses), ConfigurationWriter.Write(options.Analyses), folder);
            RequireSame("controls", string.Join(' ', first.Controls), string.Join(' ', options.Controls), folder);
            RequireSame("baselines", string.Join(' ', first.Baselines), string.Join(' ', options.Baselines), folder);
        }

        var merged = first with
        {
            Seeds = Union(studies.Select(study => study.Options.Seeds)),
            Sites = [.. studies.SelectMany(study => study.Options.Sites).DistinctBy(site => site.Name)],
            Transformers = Combine(
                "transformer", studies, study => study.Options.Transformers, transformer => transformer.Name,
                transformer => ConfigurationWriter.Write(transformer with { Seeds = [] }),
                same => same[0].Entry with { Seeds = Union(same.Select(one => one.Entry.Seeds)) }),
            Worlds = Combine(
                "world", studies, study => study.Options.Worlds, world => world.Name, ConfigurationWriter.Write,
                same => same[0].Entry),
            Networks = Combine(
                "network", studies, study => study.Options.Networks, network => network.Name,
                network => ConfigurationWriter.Write(network.WithoutPaths()), same => same[0].Entry),
            Activations = Combine(
                "activations", studies, study => study.Options.Activations, activations => activations.Name,
                activations => ConfigurationWriter.Write(activations with { Path = "" }), same => same[0].Entry),
            Saes = Combine(
                "SAE", studies, study => study.Options.Saes, sae => sae.Name, sae => ConfigurationWriter.Write(sae with { Seeds = null }),
                same => same[0].Entry with
                {
                    Seeds = same.All(one => one.Entry.Seeds is null) && same.Count == studies.Count
                        ? null
                        : Union(same.Select(one => one.Entry.Seeds ?? one.Study.Options.Seeds)),
                }),
            Tracker = [.. studies.SelectMany(study => study.Options.Tracker).Distinct()],
        };

        // The rules that hold for a whole study are checked when it is read.
        return StudyReader.Parse(ConfigurationWriter.Write(merged), "the merged study", studies[0].Folder);
    }

    private static List<T> Combine<T>(
        string what, IReadOnlyList<(StudyOptions Options, string Folder)> studies,
        Func<(StudyOptions Options, string Folder), IReadOnlyList<T>> entries, Func<T, string> nameOf, Func<T, string> textOf,
        Func<IReadOnlyList<((StudyOptions Options, string Folder) Study, T Entry)>, T> combine)
    {
        var groups = studies.SelectMany(study => entries(study).Select(entry => (Study: study, Entry: entry)))
            .GroupBy(one => nameOf(one.Entry));
        var combined = new List<T>();
        foreach (var group in groups)
        {
            List<((StudyOptions Options, string Folder) Study, T Entry)> same = [.. group];
            foreach (var (study, entry) in same)
            {
                RequireSame($"{what} '{group.Key}'", textOf(same[0].Entry), textOf(entry), study.Folder);
            }

            combined.Add(combine(same));
        }

        return combined;
    }

    private static List<long> Union(IEnumerable<IReadOnlyList<long>> seeds) => [.. seeds.SelectMany(list => list).Distinct()];

    private static void RequireSame(string what, string first, string other, string folder)
    {
        if (first != other)
        {
            throw new InvalidFileException(
                folder, $"{what} differs from the first study's: only transformers, worlds, networks, activations, sites, SAEs and "
                    + "seeds may be others");
        }
    }
}
