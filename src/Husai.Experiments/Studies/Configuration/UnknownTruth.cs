using Husai.Experiments.Configuration;
using Husai.Experiments.Configuration.Yaml;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>
/// Studies on activations of which no truth is known. What compares SAEs with a circuit is left out where it is on by default, and refused
/// where it is asked for.
/// </summary>
internal static class UnknownTruth
{
    private const string AnalysesKey = "analyses";
    private const string TransformersKey = "transformers";

    // The analyses that need a circuit, by the keys that are read; maps of latents have a place for each pair of inputs of the task.
    private static readonly string[] NeedTruth = ["circuit", "ground_truth", "portraits"];

    // What has no circuit behind it.
    private static readonly string[] WithoutTruth = ["activations", "networks"];

    /// <summary>Refuses what a file asks for, before defaults are filled in.</summary>
    public static void Refuse(ConfigurationNode root, ErrorList errors)
    {
        if (root is not MappingNode study || HasEntries(study[TransformersKey]) || !WithoutTruth.Any(key => HasEntries(study[key]))
            || study[AnalysesKey] is not MappingNode analyses)
        {
            return;
        }

        foreach (var entry in analyses.Entries.Where(entry => NeedTruth.Contains(entry.Key) && IsAsked(entry.Value)))
        {
            errors.Add(
                entry.Location,
                $"'{entry.Key}' compares SAEs with a known circuit, and there is none: the study has no transformers; leave it out");
        }
    }

    /// <summary>The study without the defaults that need a circuit, where there is none.</summary>
    public static StudyOptions LeaveOut(StudyOptions study) => !HasNone(study) ? study : study with
    {
        Question = study.Question == StudyOptions.UsualQuestion ? "Do SAEs that differ only in their seed find the same features?"
            : study.Question,
        Analyses = study.Analyses with { Circuit = false, Portraits = 0 },
    };

    private static bool HasNone(StudyOptions study) => study.Transformers.Count == 0 && study.Networks.Count + study.Activations.Count > 0;

    private static bool HasEntries(ConfigurationNode? node) => node is SequenceNode { Items.Count: > 0 };

    private static bool IsAsked(ConfigurationNode value) =>
        value is not ScalarNode { IsNull: true } and not ScalarNode { Value: "false" or "False" or "FALSE" or "0" };
}
