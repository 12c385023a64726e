using System.Globalization;
using Husai.Analysis.Stability;

namespace Husai.Analysis.Verdicts;

/// <summary>
/// The rules that raise red flags on a configuration. Limits on reconstruction, sparsity and dead latents are those of its own
/// <c>checks</c>.
/// </summary>
internal static class RedFlags
{
    /// <summary>
    /// Accuracy of the model with reconstructions in place of activations below which they are not what it computes with.
    /// </summary>
    public const double LowestSplicedAccuracy = 0.9;

    /// <summary>Fewer seeds than this leave an interval too wide to say much.</summary>
    public const int FewestSeeds = 3;

    // What makes a dictionary a poor one, whatever its seeds agree on.
    private static readonly HashSet<string> Disqualifying = [
        "low_explained_variance", "dead_latents", "too_sparse", "low_spliced_accuracy", "near_initialisation"];

    /// <summary>The flags of a configuration.</summary>
    public static IEnumerable<RedFlag> Of(ConfigurationMeasures measures)
    {
        ArgumentNullException.ThrowIfNull(measures);
        return OfQuality(measures).Concat(OfSample(measures)).Select(flag => new RedFlag(flag.Code, measures.Name, flag.Message));
    }

    /// <summary>Whether nothing speaks against the dictionaries themselves.</summary>
    public static bool IsSound(ConfigurationMeasures measures) => !Of(measures).Any(flag => Disqualifying.Contains(flag.Code));

    private static IEnumerable<(string Code, string Message)> OfQuality(ConfigurationMeasures measures)
    {
        var limits = measures.Limits;
        if (measures.ExplainedVariance is { } explained && limits.LowestExplainedVariance is { } lowest && explained.Mean < lowest)
        {
            yield return (
                "low_explained_variance", $"Explained variance {Number(explained.Mean)} is below {Number(lowest)}: poor reconstruction.");
        }

        if (measures.SplicedAccuracy is { Mean: < LowestSplicedAccuracy } spliced)
        {
            yield return (
                "low_spliced_accuracy",
                $"With reconstructions in place of activations the model answers {Percent(spliced.Mean)} correctly, less than "
                    + $"{Percent(LowestSplicedAccuracy)}: they lack what it computes with.");
        }

        if (measures.DeadFraction is { } dead && dead.Mean > limits.HighestDeadFraction)
        {
            yield return (
                "dead_latents",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Percent(dead.Mean)} of the latents are dead, more than {Percent(limits.HighestDeadFraction)}: "
                        + $"{(1 - dead.Mean) * measures.Latents:0} of {measures.Latents} are live."));
        }

        if (measures is { L0: { } l0, TargetL0: { } target } && l0.Mean < limits.LowestL0Share * target)
        {
            yield return (
                "too_sparse",
                string.Create(CultureInfo.InvariantCulture, $"L0 {l0.Mean:0.#} is far below the {target:0.#} asked for: too sparse."));
        }

        if (measures.Stability is { CosineToStart: >= Verdict.HardlyLeft } stability)
        {
            yield return (
                "near_initialisation",
                $"The decoders have hardly left their initialisation (mean cosine to it {Number(stability.CosineToStart!.Value)}): what "
                    + $"their seeds share or not is chance of the start.");
        }
    }

    private static IEnumerable<(string Code, string Message)> OfSample(ConfigurationMeasures measures)
    {
        if (measures.Stability?.Verdict is { Finding: AgreementFinding.SharedStart } verdict)
        {
            yield return ("shared_start", verdict.Sentence);
        }

        if (measures.FewestSeeds is > 0 and < FewestSeeds)
        {
            yield return ("few_seeds", string.Create(
                CultureInfo.InvariantCulture,
                $"Only {measures.FewestSeeds} seed{(measures.FewestSeeds == 1 ? "" : "s")}: there is no interval over seeds."));
        }

        if (measures.Models is > 0 and < FewestSeeds)
        {
            yield return (
                "few_transformers",
                string.Create(
                    CultureInfo.InvariantCulture, $"Only {measures.Models} transformers: intervals over transformers say little."));
        }
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Percent(double value) => (100 * value).ToString("0", CultureInfo.InvariantCulture) + "%";
}
