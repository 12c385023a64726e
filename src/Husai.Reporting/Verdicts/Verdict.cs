namespace Husai.Reporting;

/// <summary>The answer of a study, in words that follow from its numbers.</summary>
/// <param name="Headline">The answer in one sentence.</param>
/// <param name="Reproducible">Are the autoencoders reproducible beyond the strongest chance level?</param>
/// <param name="Circuit">Do they recover the circuit?</param>
/// <param name="Best">Which configuration is best, and why.</param>
/// <param name="BestConfiguration">Its name, or null if none can be named.</param>
/// <param name="Configurations">One verdict per configuration, in their order.</param>
/// <param name="RedFlags">What a reader should know before believing the numbers.</param>
public sealed record Verdict(
    string Headline, string Reproducible, string Circuit, string Best, string? BestConfiguration,
    IReadOnlyList<ConfigurationVerdict> Configurations, IReadOnlyList<RedFlag> RedFlags)
{
    /// <summary>Reads the verdict off the numbers.</summary>
    public static Verdict Of(StudyReportData data)
    {
        ReportDataCheck.Check(data);
        var flags = Reporting.RedFlags.Of(data);
        var verdicts = data.Configurations.Select(ConfigurationWords.Of).ToArray();
        var (best, words) = BestChoice.Of(data.Configurations, verdicts);
        return new Verdict(
            StudyWords.Headline(verdicts, flags), StudyWords.Reproducible(verdicts), StudyWords.Circuit(verdicts), words, best, verdicts, flags);
    }
}
