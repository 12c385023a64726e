namespace PublishedTables;

/// <summary>
/// The tables of the paper "SAE Features Match Random Baseline" as they were published; what the original's own code gave when it was run
/// again (its states of 3 November 2025, 8 December 2025 and 5 March 2026, PyTorch 1.13); and how far such runs lie apart.
/// </summary>
internal static class PublishedNumbers
{
    /// <summary>Spread of PWMCC in (b), (c) and over k.</summary>
    public const double PwmccSpread = 0.012;

    /// <summary>Spread of PWMCC of the headline, which is nearly that of the start.</summary>
    public const double HeadlineSpread = 0.001;

    public const double EffectiveRankSpread = 1.5;
    public const double PinningSpread = 0.005;
    public const double RelativeLossSpread = 0.1;
    public const double LeastLossSpread = 0.015;
    public const double MannWhitneyU = 82;
    public const double MannWhitneyP = 0.009;
    public const double FourierOverlap = 0.258;
    public const double RandomFourierOverlap = 0.2549;
    public const double FourierR2 = 0.02;

    /// <summary>Width sweep: latents, k; PWMCC and loss, published and run again (null where it was not).</summary>
    public static IReadOnlyList<(int Latents, int K, double Pwmcc, double? PwmccRerun, double Loss, double? LossRerun)> Widths { get; } =
    [
        (16, 4, 0.513, 0.511, 1.124, 1.145), (32, 8, 0.454, 0.456, 0.587, 0.605), (48, 12, 0.406, 0.417, 0.333, 0.357),
        (64, 16, 0.373, 0.379, 0.203, 0.220), (80, 20, 0.355, 0.349, 0.133, 0.146), (96, 24, 0.333, 0.331, 0.093, 0.106),
        (128, 32, 0.304, 0.308, 0.052, 0.059), (256, 32, 0.291, 0.291, 0.026, 0.033), (512, 32, 0.295, null, 0.028, null),
        (1024, 32, 0.304, null, 0.034, null),
    ];

    /// <summary>PWMCC over k at 128 latents.</summary>
    public static IReadOnlyList<(int K, double Pwmcc)> Sparsities { get; } =
        [(8, 0.389), (16, 0.339), (32, 0.308), (48, 0.289), (64, 0.282)];

    /// <summary>PWMCC after a number of epochs, published and run again.</summary>
    public static IReadOnlyList<(int Epoch, double Pwmcc, double Rerun)> Epochs { get; } =
        [(0, 0.300, 0.301), (10, 0.309, 0.309), (20, 0.320, 0.322), (30, 0.333, 0.337), (40, 0.346, 0.353), (50, 0.358, 0.367)];

    /// <summary>Overlap of the k leading directions.</summary>
    public static IReadOnlyList<SubspaceOverlap> Subspaces { get; } =
    [
        new(8, 0.187, 0.063, (0.117, 0.268), 0.08), new(16, 0.250, 0.123, (0.185, 0.308), 0), new(32, 0.359, 0.251, (0.320, 0.380), 0),
        new(64, 0.552, 0.497, (0.543, 0.562), 0), new(128, 1, 1, null, 0),
    ];

    /// <summary>PWMCC with a share of the decoder rows pinned.</summary>
    public static IReadOnlyList<(double Fraction, double Pwmcc)> Pinning { get; } =
        [(0, 0.304), (0.0625, 0.347), (0.25, 0.478), (0.5, 0.653), (0.75, 0.828), (1, 1)];
}

/// <summary>Overlap of the leading directions of decoders.</summary>
/// <param name="Rank">How many.</param>
/// <param name="Trained">Published, of trained decoders.</param>
/// <param name="Random">Published, of random ones.</param>
/// <param name="Rerun">Lowest and highest over transformers, run again; null where it was not.</param>
/// <param name="Spread">How far from the published value, or outside of that range, counts as met.</param>
internal sealed record SubspaceOverlap(int Rank, double Trained, double Random, (double Low, double High)? Rerun, double Spread);
