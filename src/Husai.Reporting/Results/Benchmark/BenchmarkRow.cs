using Husai.Autoencoders.Options;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Reporting.Results.Worlds;

namespace Husai.Reporting.Results.Benchmark;

/// <summary>SAEs of one configuration that were trained on so many samples by the protocol of the benchmark.</summary>
/// <param name="World">What they were trained on.</param>
/// <param name="Saes">What was found.</param>
/// <param name="Architecture">Their architecture.</param>
/// <param name="TargetL0">L0 that was aimed at; NaN for none.</param>
internal sealed record BenchmarkRow(StudyWorld World, WorldRow Saes, string Architecture, double TargetL0)
{
    /// <summary>Samples of the training.</summary>
    public int Rows => World.Rows;

    /// <summary>The published row with the same architecture and L0; null if there is none.</summary>
    public PublishedScore? Published => PublishedScore.All.FirstOrDefault(row => row.Architecture == Architecture && row.L0 == TargetL0);

    /// <summary>Whether all SAEs of a study are trained by the protocol, on worlds.</summary>
    public static bool IsAllOf(StudyOptions study) => study.Worlds.Count > 0 && study.Transformers.Count + study.Networks.Count == 0
        && study.Saes.All(sae => sae.Options.Recipe == RecipeNames.SynthSae);

    /// <summary>What a study has found, smaller budgets first.</summary>
    public static IEnumerable<BenchmarkRow> Of(StudyResults study) =>
        from world in study.Worlds
        orderby world.Options.Rows
        from configuration in world.Configurations
        where configuration.Truth is { Seeds.Count: > 0 }
        let options = study.Options.Saes.FirstOrDefault(sae => sae.Name == configuration.Saes.Name)?.Options
        where options is not null
        select new BenchmarkRow(
            world.Options, new WorldRow(configuration.Saes.Name, configuration.Saes, configuration.Truth!), options.Architecture,
            options.Method().TargetL0(options) ?? double.NaN);
}
