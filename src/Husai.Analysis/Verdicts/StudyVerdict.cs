using System.Text.Json.Serialization;

namespace Husai.Analysis.Verdicts;

/// <summary>The answer of a study, in words that follow from its numbers.</summary>
/// <param name="Headline">The answer in one sentence.</param>
/// <param name="Reproducible">Whether the seeds share latents beyond chance; an answer, as are the next two: <see cref="Answers"/>.</param>
/// <param name="Circuit">Whether they recover the circuit.</param>
/// <param name="Best">Which configuration is best, and why.</param>
/// <param name="BestConfiguration">Its name, or null if none can be named.</param>
/// <param name="Configurations">One verdict for each configuration, in their order.</param>
/// <param name="RedFlags">What a reader should know before believing the numbers.</param>
/// <param name="Baselines">Whether frozen baselines explain as much variance: a fourth answer; null where there are none.</param>
/// <param name="Controls">Whether the seeds agree as much on networks that learnt no circuit; null where there are none.</param>
/// <param name="Features">How far latents match the features of worlds; null where there are none.</param>
public sealed record StudyVerdict(
    string Headline, string Reproducible, string Circuit, string Best, string? BestConfiguration,
    IReadOnlyList<ConfigurationVerdict> Configurations, IReadOnlyList<RedFlag> RedFlags,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Baselines = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Controls = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Features = null)
{
    private static readonly BaselineComparison Baselined = new();
    private static readonly ControlComparison Controlled = new();

    /// <summary>The answers with their questions, without which they lack their subject. The headline stands alone.</summary>
    public IReadOnlyList<VerdictAnswer> Answers() =>
    [
        new("Do the seeds share latents, beyond chance?", Reproducible),
        new("Do they recover the circuit?", Circuit),
        .. Features is null ? (VerdictAnswer[])[] : [new("How far do latents match the features?", Features)],
        new("Which configuration is best?", Best),
        .. Baselines is null ? (VerdictAnswer[])[] : [new("Do frozen baselines explain as much variance?", Baselines)],
        .. Controls is null ? (VerdictAnswer[])[] : [new("Do the seeds agree as much on networks that learnt no circuit?", Controls)],
    ];

    /// <summary>Reads the verdict off the numbers.</summary>
    /// <param name="configurations">
    /// The configurations. Baselines and controls among them are what others are compared with: no answer but that is about them, nor a
    /// red flag.
    /// </param>
    /// <param name="before">Red flags on what the configurations rest on, such as models.</param>
    /// <param name="after">Red flags to show last, such as failed runs.</param>
    public static StudyVerdict Of(
        IReadOnlyList<ConfigurationMeasures> configurations, IEnumerable<RedFlag> before, IEnumerable<RedFlag> after)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        ConfigurationMeasures[] learnt = [.. configurations.Where(configuration => configuration is { BaselineOf: null, ControlOf: null })];
        RedFlag[] flags = [.. before, .. learnt.SelectMany(Verdicts.RedFlags.Of), .. after];
        ConfigurationVerdict[] verdicts = [.. learnt.Select(ConfigurationVerdict.Of)];
        var (best, words) = BestChoice.Of(learnt, verdicts);
        return new StudyVerdict(
            StudySentences.Headline(learnt, verdicts, flags.Length), StudySentences.Reproducible(verdicts),
            StudySentences.Circuit(learnt, verdicts), words, best,
            [.. configurations.Select(configuration => Compared(configuration, configurations))], flags,
            Baselined.Answer(configurations), Controlled.Answer(configurations), FeatureSentences.Answer(learnt));
    }

    private static ConfigurationVerdict Compared(
        ConfigurationMeasures configuration, IReadOnlyList<ConfigurationMeasures> configurations)
    {
        var verdict = ConfigurationVerdict.Of(configuration);
        string?[] words =
        [
            verdict.Words, Baselined.Sentence(configuration, configurations),
            Controlled.Sentence(configuration, configurations),
        ];
        return verdict with { Words = string.Join(' ', words.OfType<string>()) };
    }
}
