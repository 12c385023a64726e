namespace Husai.Reporting.Results.Published;

/// <summary>The tables of the paper "SAE Features Match Random Baseline", as they were published.</summary>
internal static class PublishedNumbers
{
    public const double TopKPwmcc = 0.3001;
    public const double ReluPwmcc = 0.300;
    public const double RandomPwmcc = 0.2988;
    public const double MannWhitneyU = 82;
    public const double MannWhitneyP = 0.009;
    public const double TopKExplainedVariance = 0.919;
    public const double ReluExplainedVariance = 0.977;
    public const double ReluL0 = 400;
    public const double EffectiveRank = 80.5;
    public const double OneLayerEffectiveRank = 33.5;
    public const double FourierOverlap = 0.258;
    public const double RandomFourierOverlap = 0.2549;
    public const double FourierR2 = 0.02;

    /// <summary>Fourier overlap that the original's document expects of a good SAE.</summary>
    public const double ExpectedFourierOverlap = 0.6;

    /// <summary>Width sweep: latents, k, PWMCC, its ratio to random, loss.</summary>
    public static IReadOnlyList<(int Latents, int K, double Pwmcc, double Ratio, double Loss)> Widths { get; } =
    [
        (16, 4, 0.513, 2.87, 1.124), (32, 8, 0.454, 2.22, 0.587), (48, 12, 0.406, 1.87, 0.333), (64, 16, 0.373, 1.62, 0.203),
        (80, 20, 0.355, 1.51, 0.133),
        (128, 32, 0.304, 1.23, 0.052), (256, 32, 0.291, 1.09, 0.026), (512, 32, 0.295, 1.04, 0.028), (1024, 32, 0.304, 1.02, 0.034),
    ];

    /// <summary>PWMCC after a number of epochs.</summary>
    public static IReadOnlyList<(int Epoch, double Pwmcc)> Epochs { get; } = [
        (0, 0.300), (10, 0.309), (20, 0.320), (30, 0.333), (40, 0.346), (50, 0.358)];

    /// <summary>Overlap of the k leading directions of decoders: trained, random.</summary>
    public static IReadOnlyList<(int Rank, double Trained, double Random)> Subspaces { get; } =
        [(8, 0.187, 0.063), (16, 0.250, 0.123), (32, 0.359, 0.251), (64, 0.552, 0.497), (128, 1, 1)];

    /// <summary>PWMCC with a share of the decoder rows pinned.</summary>
    public static IReadOnlyList<(double Fraction, double Pwmcc)> Pinning { get; } =
        [(0, 0.304), (0.0625, 0.347), (0.25, 0.478), (0.5, 0.653), (0.75, 0.828), (1, 1)];
}
