namespace Husai.Reporting.Results.Benchmark;

/// <summary>A value of the published table, with its deviation over five runs that differ in the noise of their machine only.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The deviation.</param>
internal readonly record struct PublishedValue(double Mean, double Deviation);

/// <summary>
/// A row of the table that SynthSAEBench published for its world of 16,384 features, version 2, with 4,096 latents and 200 million samples
/// (documents of the benchmark: Chanin and Garriga-Alonso, arXiv 2602.14687).
/// </summary>
/// <param name="Architecture">Our name of the architecture.</param>
/// <param name="L0">L0 that was aimed at.</param>
/// <param name="F1">F1 of latents as classifiers of their best match.</param>
/// <param name="Mcc">Mean cosine of latents and features, one to one.</param>
/// <param name="Uniqueness">Distinct best matches over latents.</param>
/// <param name="ExplainedVariance">Share of the samples' variance.</param>
internal sealed record PublishedScore(
    string Architecture, double L0, PublishedValue F1, PublishedValue Mcc, PublishedValue Uniqueness, PublishedValue ExplainedVariance)
{
    /// <summary>Samples that each was trained on.</summary>
    public const double Rows = 200e6;

    /// <summary>The table.</summary>
    public static IReadOnlyList<PublishedScore> All { get; } =
    [
        new("batchtopk", 25, new(.7316, .0010), new(.7574, .0003), new(.9837, .0015), new(.7923, .0003)),
        new("matryoshka", 25, new(.8793, .0021), new(.7927, .0006), new(.9987, .0005), new(.7792, .0004)),
        new("matching_pursuit", 25, new(.4464, .0044), new(.6930, .0030), new(.8281, .0069), new(.8351, .0003)),
        new("relu", 25, new(.5562, .0020), new(.6039, .0012), new(.8976, .0021), new(.7654, .0001)),
        new("jumprelu", 25, new(.7317, .0034), new(.7527, .0009), new(.9885, .0010), new(.7951, .0004)),
        new("batchtopk", 20, new(.8183, .0011), new(.7526, .0007), new(.9760, .0028), new(.7889, .0002)),
        new("matryoshka", 20, new(.8601, .0016), new(.7455, .0021), new(.9874, .0020), new(.7699, .0002)),
        new("matching_pursuit", 20, new(.4439, .0024), new(.6748, .0028), new(.7552, .0026), new(.8267, .0003)),
        new("relu", 20, new(.5777, .0012), new(.5834, .0015), new(.8528, .0055), new(.7501, .0009)),
        new("jumprelu", 20, new(.8241, .0041), new(.7434, .0015), new(.9781, .0029), new(.7906, .0005)),
    ];
}
