using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Stability;

/// <summary>What holds for a set of dictionaries.</summary>
internal static class DictionarySet
{
    public static void Require(IReadOnlyList<LatentDictionary> dictionaries, int fewest, Covariance? activations)
    {
        if (dictionaries.Count < fewest)
        {
            throw new ArgumentException(
                $"{dictionaries.Count} SAE where at least {fewest} are needed: agreement is between seeds", nameof(dictionaries));
        }

        foreach (var dictionary in dictionaries)
        {
            if (dictionary.Width != dictionaries[0].Width)
            {
                throw new ArgumentException(
                    $"{dictionaries[0].Name} has width {dictionaries[0].Width} but {dictionary.Name} has width {dictionary.Width}: they "
                        + $"read different activations",
                    nameof(dictionaries));
            }
        }

        if (dictionaries.FirstOrDefault(dictionary => dictionary.Width < 2) is { } narrow)
        {
            throw new ArgumentException(
                $"{narrow.Name} has width {narrow.Width}: all directions are the same there, so that their agreement says nothing",
                nameof(dictionaries));
        }

        if (activations is not null && activations.Width != dictionaries[0].Width)
        {
            throw new ArgumentException(
                $"the activations have width {activations.Width} but {dictionaries[0].Name} has width {dictionaries[0].Width}",
                nameof(activations));
        }
    }

    /// <summary>Second moments of all unit rows.</summary>
    public static Covariance SecondMoments(IReadOnlyList<Matrix> directions, Workers? workers) =>
        Covariance.Pooled([.. directions.Select(rows => Covariance.OfUnitRows(UnitRows.Of(rows), workers))]);
}
