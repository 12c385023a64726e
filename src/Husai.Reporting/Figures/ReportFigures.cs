using System.Globalization;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Data;

namespace Husai.Reporting.Figures;

/// <summary>All figures of a study.</summary>
internal static class ReportFigures
{
    /// <summary>The figures for which there are data, in the order of the report.</summary>
    public static IReadOnlyList<ReportFigure> Create(StudyReportData data)
    {
        ReportDataCheck.Check(data);
        return [.. Transformers(data), .. Saes(data), .. Latents(data)];
    }

    private static IEnumerable<ReportFigure> Transformers(StudyReportData data)
    {
        for (var index = 0; index < data.Transformers.Count; index++)
        {
            var transformer = data.Transformers[index];
            if (transformer.Learning.Count > 0)
            {
                yield return LearningFigure.Create(transformer, Id("learning", index));
            }

            if (transformer.EmbeddingSpectrum.Count > 0)
            {
                yield return SpectrumFigure.Create(transformer, Id("spectrum", index));
            }
        }
    }

    private static IEnumerable<ReportFigure> Saes(StudyReportData data)
    {
        var configurations = data.Configurations;
        if (configurations.Any(StabilityFigure.HasData))
        {
            yield return StabilityFigure.Create(data);
        }

        if (configurations.Any(CircuitFigure.HasData))
        {
            yield return CircuitFigure.Create(data);
        }

        for (var index = 0; index < data.Similarities.Count; index++)
        {
            yield return SimilarityFigure.Create(data.Similarities[index], Id("similarity", index));
        }

        if (GoldilocksFigure.HasData(data))
        {
            yield return GoldilocksFigure.Create(data);
        }

        foreach (var (hasData, create) in PerConfiguration)
        {
            if (configurations.Any(hasData))
            {
                yield return create(data);
            }
        }
    }

    private static readonly (Func<ConfigurationResults, bool> HasData, Func<StudyReportData, ReportFigure> Create)[] PerConfiguration =
    [
        (BestMatchFigure.HasData, BestMatchFigure.Create),
        (LatentScatterFigure.HasData, LatentScatterFigure.Create),
        (AgreementFigure.HasData, AgreementFigure.Create),
        (DynamicsFigure.HasData, DynamicsFigure.Create),
        (TrainingFigure.HasData, TrainingFigure.Create),
        (FiringFigure.HasData, FiringFigure.Create),
    ];

    private static IEnumerable<ReportFigure> Latents(StudyReportData data) =>
        data.Latents.Select((portrait, index) => LatentFigure.Create(portrait, Id("latent", index)));

    private static string Id(string name, int index) => index == 0 ? name : name + "-" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
