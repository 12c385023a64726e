using Husai.Autoencoders.Options;
using Husai.Experiments.Configuration;
using Husai.Experiments.Configuration.Yaml;
using Husai.Formats.Files;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;
using Husai.Worlds.Options;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Turns the tree of a study file into that of plain options: configuration files are read in, and sweeps written out.</summary>
internal sealed class StudyTree(string folder, ErrorList errors)
{
    private const string ConfigKey = "config";
    private const string NameKey = "name";

    private const string SaesKey = "saes";

    // What release 0.1 and before called it: the folders of studies of that time still have it.
    private const string EarlierSaesKey = "autoencoders";

    public ConfigurationNode Resolve(ConfigurationNode root)
    {
        if (root is not MappingNode study)
        {
            return root;
        }

        return study with
        {
            Entries =
            [
                .. study.Entries.Select(entry => Renamed(study, entry)).Select(entry => entry.Key switch
                {
                    "transformers" => entry with { Value = ResolveList(entry.Value, ResolveTransformer) },
                    "worlds" => entry with { Value = ResolveList(entry.Value, item => ResolveOptions(item, typeof(WorldOptions))) },
                    SaesKey => entry with { Value = ResolveList(entry.Value, item => ResolveOptions(item, typeof(SaeOptions))) },
                    _ => entry,
                }),
            ],
        };
    }

    private MappingEntry Renamed(MappingNode study, MappingEntry entry)
    {
        if (entry.Key != EarlierSaesKey)
        {
            return entry;
        }

        if (study[SaesKey] is not null)
        {
            errors.Add(entry.Location, $"'{EarlierSaesKey}' is the earlier name of '{SaesKey}', which is given too: give '{SaesKey}' only");
        }

        return entry with { Key = SaesKey };
    }

    private static ConfigurationNode ResolveList(ConfigurationNode node, Func<MappingNode, IEnumerable<ConfigurationNode>> resolve) =>
        node is SequenceNode sequence
            ? sequence with { Items = [.. sequence.Items.SelectMany(item => item is MappingNode mapping ? resolve(mapping) : [item])] }
            : node;

    private IEnumerable<ConfigurationNode> ResolveTransformer(MappingNode item)
    {
        // The file has the same keys as the entry: task, model, training.
        var merged = TryTakeFile(item, out var rest, out var file) ? Overlay(file, rest) : rest;
        return Named(merged, Sweep.Expand(merged, typeof(TransformerSweep)));
    }

    // The file has the keys of the entry's options, which are of the given type.
    private IEnumerable<ConfigurationNode> ResolveOptions(MappingNode item, Type type)
    {
        if (TryTakeFile(item, out var rest, out var file))
        {
            var options = rest["options"] is { } given ? Overlay(file, given) : file;
            rest = rest["options"] is null
                ? rest with { Entries = [.. rest.Entries, new MappingEntry("options", options.Location, options)] }
                : Replace(rest, "options", options);
        }

        return rest["options"] is MappingNode swept
            ? Named(
                rest,
                Sweep.Expand(swept, type)
                    .Select(entry => (entry.Suffix, (ConfigurationNode)Replace(rest, "options", entry.Node))))
            : [rest];
    }

    // The name comes first, then what is swept.
    private IEnumerable<ConfigurationNode> Named(MappingNode item, IEnumerable<(string Suffix, ConfigurationNode Node)> expanded)
    {
        var all = expanded.Take(Sweep.Limit + 1).ToList();
        if (all.Count > Sweep.Limit)
        {
            errors.Add(item.Location, $"the lists here make more than {Sweep.Limit} combinations");
            return [item];
        }

        return all.Select(entry => entry.Suffix.Length > 0 && entry.Node is MappingNode mapping && mapping[NameKey] is ScalarNode name
            ? Replace(mapping, NameKey, name with { Value = name.Value + entry.Suffix })
            : entry.Node);
    }

    // Takes 'config' out of an entry and reads it; the file's name serves as name unless there is one.
    private bool TryTakeFile(MappingNode item, out MappingNode rest, out MappingNode file)
    {
        rest = item;
        file = item;
        if (item[ConfigKey] is not { } config)
        {
            return false;
        }

        rest = item with { Entries = [.. item.Entries.Where(entry => entry.Key != ConfigKey)] };
        if (config is not ScalarNode { IsNull: false } path)
        {
            errors.Add(config.Location, "'config' is the path of a configuration file");
            return false;
        }

        if (rest[NameKey] is null)
        {
            var name = new ScalarNode(StudyNames.Part(Path.GetFileNameWithoutExtension(path.Value)), IsPlain: false, path.Location);
            rest = rest with { Entries = [new MappingEntry(NameKey, path.Location, name), .. rest.Entries] };
        }

        return TryRead(path, out file);
    }

    private bool TryRead(ScalarNode path, out MappingNode file)
    {
        file = new MappingNode([], path.Location);
        var full = Path.Combine(folder, path.Value);
        try
        {
            if (YamlTreeReader.Read(ConfigurationReader.ReadText(full), full, errors) is MappingNode mapping)
            {
                file = mapping;
                return true;
            }

            errors.Add(path.Location, $"'{full}' has no keys");
        }
        catch (InvalidFileException error)
        {
            errors.Add(path.Location, $"'{full}': {error.Reason}");
        }

        return false;
    }

    // What stands in the study takes the place of what stands in the file.
    private static ConfigurationNode Overlay(ConfigurationNode below, ConfigurationNode above) =>
        below is MappingNode lower && above is MappingNode upper ? Overlay(lower, upper) : above;

    // The study's keys keep their order: the names of sweeps follow it.
    private static MappingNode Overlay(MappingNode below, MappingNode above) => above with
    {
        Entries =
        [
            .. below.Entries.Where(entry => above[entry.Key] is null),
            .. above.Entries.Select(entry => below[entry.Key] is { } given ? entry with { Value = Overlay(given, entry.Value) } : entry),
        ],
    };

    private static MappingNode Replace(MappingNode mapping, string key, ConfigurationNode value) =>
        mapping with { Entries = [.. mapping.Entries.Select(entry => entry.Key == key ? entry with { Value = value } : entry)] };

    /// <summary>The keys of a transformer in which lists are sweeps.</summary>
    private sealed record TransformerSweep
    {
        public TaskOptions Task { get; init; } = new();

        public TransformerOptions Model { get; init; } = new();

        public TransformerTrainingOptions Training { get; init; } = new();
    }
}
