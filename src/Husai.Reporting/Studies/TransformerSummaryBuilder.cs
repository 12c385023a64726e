using System.Globalization;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;

namespace Husai.Reporting.Studies;

/// <summary>What the report shows of a transformer.</summary>
internal static class TransformerSummaryBuilder
{
    public static TransformerSummary Build(TransformerResults transformer, IEnumerable<SiteResults> sites)
    {
        var result = transformer.Result!;
        var (task, model) = (transformer.Options.Task, transformer.Options.Model);
        var leak = task.Name == TaskOptions.LeakedLabel ? " (the label stands in the input)" : "";
        var restarts = result.Restarts > 0 ? string.Create(CultureInfo.InvariantCulture, $" of restart {result.Restarts}") : "";
        return new TransformerSummary
        {
            Name = transformer.Name,
            IsControl = transformer.Control is not null,
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"{task.Name} mod {task.Modulus}{leak}, {model.Layers} layer{(model.Layers == 1 ? "" : "s")}, width {model.ModelWidth}, "
                    + $"{result.Epochs} epochs{restarts}, seed {transformer.Options.Training.Seed}"),
            Restarts = result.Restarts,
            Grokked = result.PassesGate(),
            GrokkingEpoch = result.GrokEpoch,
            TestAccuracy = result.TestAccuracy,
            Learning = [.. transformer.ReadTraining().Select(
                record => new LearningPoint(record.Epoch, record.TrainLoss, record.TestLoss, record.TrainAccuracy, record.TestAccuracy))],
            EmbeddingSpectrum = result.EmbeddingSpectrum,
            KeyFrequencies = result.Measures?.KeyFrequencies ?? [],
            Checks = [.. result.Gate.Select(Describe), .. sites.Where(site => site.Transformer == transformer.Name).SelectMany(Describe)],
        };
    }

    private static NamedValue Describe(GateCheck check) => new(
        check.Name,
        $"{Number(check.Value)}, needed {check.Relation} {Number(check.Limit)}: "
            + $"{(check.Applies ? check.Ok ? "holds" : "does not hold" : "does not apply")}");

    private static IEnumerable<NamedValue> Describe(SiteResults site)
    {
        if (site.Activations is { } activations)
        {
            yield return new NamedValue($"{site.Site.Name}: effective rank", $"{Number(activations.EffectiveRank)} of {activations.Width}");
        }

        if (site.Baseline is { } baseline)
        {
            yield return new NamedValue(
                $"{site.Site.Name}: variance in the planes of the circuit",
                $"{Number(baseline.Planes.Sum(plane => plane.VarianceShare))} "
                    + $"({string.Join(", ", baseline.Planes.Select(plane => plane.Name))})");
            if (baseline.Neurons is { } neurons)
            {
                yield return new NamedValue($"{site.Site.Name}: overlap of the neurons", Overlap(neurons));
            }

            yield return new NamedValue($"{site.Site.Name}: overlap of the principal components", Overlap(baseline.PrincipalComponents));
        }
    }

    private static string Overlap(Analysis.Circuits.RecoveryReport report) => report.FourierOverlap is { } overlap
        ? $"{Number(overlap)} (other planes of the same span {Number(report.ChoiceOfPlane!.OtherPlanes.Value)})"
        : "no planes";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
