using Husai.Analysis.Statistics;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Results;

namespace Husai.Reporting.Results.Worlds;

/// <summary>A configuration on a world, as the results need it.</summary>
/// <param name="Name">Its name, with the world's.</param>
/// <param name="Saes">What is known of its SAEs without the world.</param>
/// <param name="Truth">How far they find the world's features.</param>
internal sealed record WorldRow(string Name, ConfigurationResults Saes, TruthResult Truth)
{
    /// <summary>The configurations of a study that have been compared with a world.</summary>
    public static IEnumerable<WorldRow> Of(StudyResults study) =>
        from world in study.Worlds
        from configuration in world.Configurations
        where configuration.Truth is { Seeds.Count: > 0 }
        select new WorldRow(
            configuration.Name + (study.Worlds.Count > 1 ? $" @ {world.Options.Name}" : ""), configuration, configuration.Truth!);

    /// <summary>Number of seeds.</summary>
    public int Seeds => Truth.Seeds.Count;

    /// <summary>Mean of a value over the seeds with its interval.</summary>
    public Interval Over(Func<SeedTruth, double> value) => Truth.Over(value);

    /// <summary>Mean over the seeds, without one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="leftOut">Number of the seed that does not count; -1 for all.</param>
    public double Without(Func<SeedTruth, double> value, int leftOut) =>
        Truth.Seeds.Where((_, index) => index != leftOut).Average(value);
}
