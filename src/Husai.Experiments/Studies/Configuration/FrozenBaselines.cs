using Husai.Autoencoders.Options;
using Husai.Experiments.Configuration.Binding;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>The configurations that the baselines of a study add.</summary>
internal static class FrozenBaselines
{
    // No configuration that is given has it in its name.
    private const char Joint = '+';

    /// <summary>
    /// The baselines of a configuration: its options and seeds, and a part frozen. Pinned, pooled and frozen ones have none.
    /// </summary>
    public static IEnumerable<StudySae> Beside(StudySae sae, IEnumerable<StudyBaseline> baselines) =>
        !HasBaselines(sae) ? [] : baselines.Select(baseline => sae with
        {
            Name = sae.Name + Joint + NameOf(baseline),
            BaselineOf = sae.Name,
            Options = sae.Options with { Freeze = PartOf(baseline) },
        });

    /// <summary>What is wrong with the baselines of a study, a line each.</summary>
    public static IEnumerable<string> Problems(StudyOptions study)
    {
        foreach (var twice in study.Baselines.GroupBy(baseline => baseline).Where(group => group.Count() > 1))
        {
            yield return $"the baseline {NameOf(twice.Key)} is given twice";
        }

        foreach (var sae in study.Saes.Where(sae => study.Baselines.Count > 0 && HasBaselines(sae) && sae.Options.ResampleEvery > 0))
        {
            yield return $"'{sae.Name}' resamples latents, which would overwrite what its baselines keep: its resample_every must be 0";
        }
    }

    private static bool HasBaselines(StudySae sae) => sae.Pinned is null && sae.Pooled is null && sae.Options.Freeze == FrozenPart.None;

    private static string NameOf(StudyBaseline baseline) =>
        OptionNames.OfEnum(typeof(StudyBaseline)).First(member => member.Value.Equals(baseline)).Name;

    private static FrozenPart PartOf(StudyBaseline baseline) => baseline switch
    {
        StudyBaseline.FrozenDecoder => FrozenPart.Decoder,
        StudyBaseline.SoftFrozenDecoder => FrozenPart.DecoderSoft,
        _ => FrozenPart.Encoder,
    };
}
