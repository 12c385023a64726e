using Husai.Autoencoders.Options;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Results.Worlds;

namespace Husai.Reporting.Results.Benchmark;

/// <summary>SAEs of one configuration that were trained on so many samples by the protocol of the benchmark.</summary>
/// <param name="World">What they were trained on.</param>
/// <param name="Saes">What was found.</param>
/// <param name="Architecture">Their architecture.</param>
/// <param name="TargetL0">L0 that was aimed at; NaN for none.</param>
internal sealed record BenchmarkRow(StudyWorld World, WorldRow Saes, string Architecture, double TargetL0)
{
    /// <summary>Share of dead latents above which <see cref="IsAlive"/> is false.</summary>
    public static double HighestDeadFraction { get; } = new CheckOptions().HighestDeadFraction;

    /// <summary>Samples of the training.</summary>
    public int Rows => World.Rows;

    /// <summary>The published row with the same architecture and L0; null if there is none.</summary>
    public PublishedScore? Published => PublishedScore.All.FirstOrDefault(row => row.Architecture == Architecture && row.L0 == TargetL0);

    /// <summary>Whether all SAEs of a study are trained by the protocol, on worlds.</summary>
    public static bool IsAllOf(StudyOptions study) => study.Worlds.Count > 0 && study.Transformers.Count + study.Networks.Count == 0
        && study.Saes.All(sae => sae.Options.Recipe == RecipeNames.SynthSae);

    /// <summary>
    /// Whether no more of the latents are dead than without a red flag. Where most are, as before the auxiliary loss begins, the score says
    /// nothing of how it grows afterwards.
    /// </summary>
    public bool IsAlive => Saes.Truth.Seeds.All(seed => seed.Dead <= HighestDeadFraction * Saes.Saes.Latents);

    /// <summary>
    /// What a study has found, smaller budgets first; SAEs whose training has no schedule also as they were at their snapshots.
    /// </summary>
    public static IEnumerable<BenchmarkRow> Of(StudyResults study) =>
        from world in study.Worlds
        orderby world.Options.Rows
        from configuration in world.Configurations
        where configuration.Truth is { Seeds.Count: > 0 }
        let options = study.Options.Saes.FirstOrDefault(sae => sae.Name == configuration.Name)?.Options
        where options is not null
        from row in Of(world, configuration, configuration.Truth!, options)
        select row;

    private static IEnumerable<BenchmarkRow> Of(
        WorldResults world, ConfigurationResults saes, TruthResult truth, SaeOptions options)
    {
        BenchmarkRow Row(int rows, TruthResult found) => new(
            world.Options with { Rows = rows }, new WorldRow(saes.Name, saes, found), options.Architecture,
            options.Method().TargetL0(options) ?? double.NaN);

        if (!ResolvedOptions.Resolve(options, world.Options.Options.Width, world.Options.Rows).HasSchedule)
        {
            foreach (var snapshot in (truth.Snapshots ?? []).Where(snapshot => snapshot.Step > 0))
            {
                yield return Row(
                    SamplesUntil(snapshot.Step * options.BatchSize / (1 - options.HeldOutFraction)), truth with { Seeds = snapshot.Seeds });
            }
        }

        yield return Row(world.Options.Rows, truth);
    }

    // To three digits: a step is no round number of samples.
    private static int SamplesUntil(double samples)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(samples)) - 2);
        return (int)(Math.Round(samples / unit) * unit);
    }
}
