using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Husai.Analysis.Circuits;
using Husai.Analysis.Options;
using Husai.Analysis.Similarity;
using Husai.Analysis.Stability;
using Husai.Experiments.Configuration;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>What a study measures on its SAEs.</summary>
internal sealed record StudyAnalyses
{
    /// <summary>The similarity between seeds that the verdict reads.</summary>
    [Description("The similarity between seeds that the verdict reads")]
    public SimilarityOptions Similarity { get; init; } = new();

    /// <summary>Further similarities to report.</summary>
    [Description("Further similarities to report")]
    public IReadOnlyList<SimilarityOptions> FurtherSimilarities { get; init; } =
    [
        new() { Cosine = CosineMeasure.Signed, Matcher = Matcher.Hungarian },
        new() { Cosine = CosineMeasure.Signed, Matcher = Matcher.Maximum, Reduction = MatchReduction.FractionAboveThreshold },
    ];

    /// <summary>Random sets of dictionaries behind each chance level that has no closed form; by the number of latents when null.</summary>
    [Description("Random sets that each chance level without a closed form is computed from; by the number of latents if not given")]
    [Range(2, 10_000)]
    public int? ChanceDraws { get; init; }

    /// <summary>Numbers of leading directions whose subspaces are compared.</summary>
    [Description("Numbers of leading decoder directions whose subspaces are compared between seeds; none by default")]
    [Range(1, 16384)]
    public IReadOnlyList<int> SubspaceRanks { get; init; } = [];

    /// <summary>Whether SAEs are compared with the known circuit.</summary>
    [Description("Compare the SAEs with the known circuit (tasks whose answer is a + b)")]
    [OptionName("circuit", "ground_truth")]
    public bool Circuit { get; init; } = true;

    /// <summary>Which planes the circuit has.</summary>
    [Description("Which planes the circuit has")]
    public CircuitOptions Planes { get; init; } = new();

    /// <summary>How recovery of the circuit is measured.</summary>
    [Description("How recovery of the circuit is measured")]
    public RecoveryOptions Recovery { get; init; } = new();

    /// <summary>Made the original project's scores, which <c>research/PublishedTables</c> computes now.</summary>
    [RetiredOption]
    public bool AsPublished { get; init; }

    /// <summary>Whether agreement is measured along training too, at the SAEs' snapshots.</summary>
    [Description("Measure also at the snapshots of training: similarity between seeds and to the final SAE, explained variance, "
        + "agreement with the circuit. SAEs that name no snapshots keep them at 0, 1/64, 1/32, ... and 1/2 of their steps")]
    public bool Dynamics { get; init; }

    /// <summary>Whether matched latents are asked whether they do the same, as <c>husai agreement</c> does.</summary>
    [Description("Measure also whether matched latents of the seeds do the same: substitution, hard negatives, effects on the logits")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Function { get; init; }

    /// <summary>
    /// Whether all SAEs of a site are compared with each other. The chance level of a pair of configurations grows with the square of
    /// their number.
    /// </summary>
    [Description(
        "Compare all SAEs of a site with each other: the matrix of similarities, and the permutation tests of the comparisons; with many "
            + "configurations it takes longer than their trainings")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AllPairs { get; init; } = true;

    /// <summary>Whether reconstructions are put into networks, as <c>husai sae evaluate --model</c> does.</summary>
    [Description("Measure also what becomes of a network's output with reconstructions in place of a site's rows, beside zeros and the "
        + "mean row, on the text behind that of the training")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Splice { get; init; }

    /// <summary>Rows that <see cref="Splice"/> replaces at most; null for as many as the command takes.</summary>
    [Description("Rows that splice replaces at most; 8192 if not given")]
    [Range(1, int.MaxValue)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? SpliceRows { get; init; }

    /// <summary>Configurations whose stability is compared; null compares each with each, where there are at most six.</summary>
    [Description("Pairs of configurations whose stability is compared by a test; all pairs of at most six configurations if not given")]
    public IReadOnlyList<StudyComparison> Comparisons { get; init; } = [];

    /// <summary>So many configurations are compared each with each if none are named.</summary>
    internal const int MostComparedUnasked = 6;

    /// <summary>Whether a configuration has a comparison.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="count">Number of configurations.</param>
    internal bool IsCompared(string name, int count) => Comparisons.Count == 0
        ? count <= MostComparedUnasked
        : Comparisons.Any(pair => pair.First == name || pair.Second == name);

    /// <summary>Number of latents that the report shows together with their matches in the other seeds, for each configuration.</summary>
    [Description("Number of latents of each configuration that the report shows together with their matches in the other seeds")]
    [Range(0, 16)]
    public int Portraits { get; init; } = 2;

    /// <summary>
    /// Number of most stable latents, and of least stable ones, whose contexts the report shows beside those of their matches in the other
    /// seeds; null for <see cref="UsualContexts"/>.
    /// </summary>
    [Description("Number of most stable latents of each configuration, and of least stable ones, of which the report shows what they and "
        + "their matches in the other seeds fire on; for rows of text, 20 if not given")]
    [Range(0, 100)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? Contexts { get; init; }

    /// <summary>As many contexts are shown if no number is given.</summary>
    internal const int UsualContexts = 20;

    /// <summary>Number of most stable latents, and of least stable ones, to show contexts of.</summary>
    internal int ShownContexts => Contexts ?? UsualContexts;

    /// <summary>How the stability of a configuration is measured: as <c>husai stability</c> does.</summary>
    internal StabilityOptions StabilityOptions() => new()
    {
        Similarity = Similarity,
        FurtherSimilarities = FurtherSimilarities,
        ChanceDraws = ChanceDraws,
        SubspaceDimensions = SubspaceRanks,
        FoundCosine = Similarity.Threshold,
        Parts = SubspaceRanks.Count > 0 ? StabilityParts.All : StabilityParts.All & ~StabilityParts.Subspaces,
    };

    /// <summary>Draws to reckon with before the number of live latents is known.</summary>
    internal int UsualDraws() => ChanceDraws ?? 16;

    /// <summary>The part that decides what is measured against the circuit, as text.</summary>
    internal string RecoveryInputs() =>
        ConfigurationWriter.WriteKey(new StudyAnalyses { FurtherSimilarities = [], Planes = Planes, Recovery = Recovery });
}
