namespace Husai.Analysis.Verdicts;

/// <summary>The answer of a study, in words that follow from its numbers.</summary>
/// <param name="Headline">The answer in one sentence.</param>
/// <param name="Reproducible">Whether the seeds share latents beyond chance; an answer, as are the next two: <see cref="Answers"/>.</param>
/// <param name="Circuit">Whether they recover the circuit.</param>
/// <param name="Best">Which configuration is best, and why.</param>
/// <param name="BestConfiguration">Its name, or null if none can be named.</param>
/// <param name="Configurations">One verdict for each configuration, in their order.</param>
/// <param name="RedFlags">What a reader should know before believing the numbers.</param>
public sealed record StudyVerdict(
    string Headline, string Reproducible, string Circuit, string Best, string? BestConfiguration,
    IReadOnlyList<ConfigurationVerdict> Configurations, IReadOnlyList<RedFlag> RedFlags)
{
    /// <summary>The three answers with their questions, without which they lack their subject. The headline stands alone.</summary>
    public IReadOnlyList<VerdictAnswer> Answers() =>
    [
        new("Do the seeds share latents, beyond chance?", Reproducible),
        new("Do they recover the circuit?", Circuit),
        new("Which configuration is best?", Best),
    ];

    /// <summary>Reads the verdict off the numbers.</summary>
    /// <param name="configurations">The configurations.</param>
    /// <param name="before">Red flags on what the configurations rest on, such as models.</param>
    /// <param name="after">Red flags to show last, such as failed runs.</param>
    public static StudyVerdict Of(
        IReadOnlyList<ConfigurationMeasures> configurations, IEnumerable<RedFlag> before, IEnumerable<RedFlag> after)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        RedFlag[] flags = [.. before, .. configurations.SelectMany(Verdicts.RedFlags.Of), .. after];
        ConfigurationVerdict[] verdicts = [.. configurations.Select(ConfigurationVerdict.Of)];
        var (best, words) = BestChoice.Of(configurations, verdicts);
        return new StudyVerdict(
            StudySentences.Headline(verdicts, flags.Length), StudySentences.Reproducible(verdicts), StudySentences.Circuit(verdicts), words,
            best, verdicts, flags);
    }
}
