using System.ComponentModel.DataAnnotations;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A list of seeds has at least one, and none twice: each is the name of what is trained with it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SeedListAttribute() : ValidationAttribute("{0} must have at least one seed, and none twice")
{
    public override bool IsValid(object? value) =>
        value is not IReadOnlyList<long> seeds || (seeds.Count > 0 && seeds.Distinct().Count() == seeds.Count);
}
