using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>Directions that an SAE starts from: the different latents of several SAEs of another configuration, put together.</summary>
internal sealed record StudyPool
{
    /// <summary>Name of the configuration whose SAEs are pooled, earlier in the study.</summary>
    [Description("Name of the configuration whose SAEs are pooled; the study lists it earlier")]
    public required string Reference { get; init; }

    /// <summary>
    /// SAEs in a pool; the first seed takes the reference's first ones, the next seed the next ones, so that pools share none.
    /// </summary>
    [Description("Number of SAEs in a pool: the first seed takes the first of the reference's seeds, the next seed the next ones")]
    [Range(2, 1000)]
    public required int Members { get; init; }

    /// <summary>What is wrong with the pools of a study, a line each.</summary>
    internal static IEnumerable<string> Problems(StudyOptions study)
    {
        var earlier = new Dictionary<string, StudySae>();
        foreach (var sae in study.Saes)
        {
            if (sae.Pooled is { } pool)
            {
                var wanted = pool.Members * (sae.Seeds ?? study.Seeds).Count;
                if (!earlier.TryGetValue(pool.Reference, out var reference))
                {
                    yield return $"'{sae.Name}' is pooled from '{pool.Reference}', which is not listed before it";
                }
                else if ((reference.Seeds ?? study.Seeds).Count is var given && given < wanted)
                {
                    yield return $"'{sae.Name}' pools {pool.Members} SAEs of '{pool.Reference}' for each seed, {wanted} in all, and that "
                        + $"has {given} seeds";
                }

                if (sae.Pinned is not null)
                {
                    yield return $"'{sae.Name}' is both pooled and pinned";
                }
            }

            earlier.TryAdd(sae.Name, sae);
        }
    }
}
