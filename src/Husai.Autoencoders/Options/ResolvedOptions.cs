using Husai.Autoencoders.Architectures;

namespace Husai.Autoencoders.Options;

/// <summary>
/// What a training does: the given options, and a value for each that the recipe, the method or the activations decide. None is null.
/// </summary>
internal sealed record ResolvedOptions
{
    /// <summary>The value of <see cref="DecoderBiasStart"/> for an SAE without a decoder bias.</summary>
    public const string NoDecoderBias = "none";

    private const string OriginalRecipe = "husai";

    private ResolvedOptions(SaeOptions given) => Given = given;

    /// <summary>The options as they were given; those that may be null have their values here instead.</summary>
    public SaeOptions Given { get; }

    /// <summary>The training method.</summary>
    public required TrainingMethod Method { get; init; }

    /// <summary>Number of latents.</summary>
    public required int Latents { get; init; }

    /// <summary>What the loss has for latents that do not fire.</summary>
    public required AuxiliaryLoss Auxiliary { get; init; }

    /// <summary>Weight of the auxiliary loss; 0 without one.</summary>
    public required double AuxCoefficient { get; init; }

    /// <summary>Dead latents that reconstruct a row's residual.</summary>
    public required int AuxK { get; init; }

    /// <summary>Rows without firing after which a latent counts as dead.</summary>
    public required long DeadAfterRows { get; init; }

    /// <summary>Share of the steps over which the learning rate rises.</summary>
    public required double WarmUpFraction { get; init; }

    /// <summary>Share of the steps, at the end, over which the learning rate falls.</summary>
    public required double DecayFraction { get; init; }

    /// <summary>Share of the steps over which the sparsity penalty rises.</summary>
    public required double SparsityWarmUpFraction { get; init; }

    /// <summary>k at the start of annealing.</summary>
    public required int KAnnealStart { get; init; }

    /// <summary>What a row's squared error is divided by: <c>one</c>, <c>width</c> or <c>variance</c>.</summary>
    public required string ErrorPer { get; init; }

    /// <summary>How the encoder starts.</summary>
    public required EncoderStart EncoderStart { get; init; }

    /// <summary>Decoder bias at the start: <c>zero</c>, <c>mean</c> or <c>median</c>; <c>none</c> for no decoder bias.</summary>
    public required string DecoderBiasStart { get; init; }

    /// <summary>Whether the part of a decoder row's gradient along the row is removed.</summary>
    public required bool ProjectDecoderGradient { get; init; }

    /// <summary>Scaling of the inputs: <c>none</c>, <c>norm</c> or <c>whiten</c>.</summary>
    public required string InputScaling { get; init; }

    /// <summary>Decides what is not given.</summary>
    /// <param name="options">What is given.</param>
    /// <param name="width">Width of the activations.</param>
    /// <param name="trainingRows">Rows of an epoch.</param>
    /// <exception cref="ArgumentException">
    /// More latents are to be active than there are, or an option contradicts another.
    /// </exception>
    public static ResolvedOptions Resolve(SaeOptions options, int width, int trainingRows)
    {
        options.RequireLatents(width);
        options.RequireNoContradiction();
        var method = options.Method();
        var husai = options.Recipe == OriginalRecipe;
        var auxiliary = options.Auxiliary ?? (husai && method.HasRunnersUp ? AuxiliaryLoss.RunnerUp : AuxiliaryLoss.Gao);
        return new ResolvedOptions(options)
        {
            Method = method,
            Latents = options.LatentsFor(width),
            Auxiliary = auxiliary,
            AuxCoefficient = auxiliary switch
            {
                AuxiliaryLoss.None => 0,
                AuxiliaryLoss.RunnerUp => options.AuxCoefficient ?? 1.0 / options.K,
                _ => options.AuxCoefficient ?? method.AuxCoefficient,
            },
            AuxK = options.AuxK ?? Math.Max(1, width / 2),
            DeadAfterRows = options.DeadAfterRows ?? trainingRows,
            WarmUpFraction = options.WarmUpFraction ?? (husai ? 0 : 0.05),
            DecayFraction = options.DecayFraction ?? (husai ? 0 : 0.2),
            SparsityWarmUpFraction = options.SparsityWarmUpFraction ?? (husai ? 0 : 0.1),
            KAnnealStart = options.KAnnealStart ?? width,
            ErrorPer = options.ErrorPer ?? (husai ? "width" : "variance"),
            DecoderBiasStart = options.DecoderBiasStart ?? (husai ? NoDecoderBias : "median"),
            EncoderStart = options.EncoderStart ?? (husai ? EncoderStart.Kaiming : EncoderStart.Tied),
            ProjectDecoderGradient = options.ProjectDecoderGradient ?? (!husai && options.DecoderNorm == DecoderNorm.Unit),
            InputScaling = options.InputScaling ?? (husai ? "none" : "norm"),
        };
    }

    /// <summary>As options again, with nothing left to decide: what is written down of a training.</summary>
    public SaeOptions ToOptions() => Given with
    {
        Latents = Latents,
        Auxiliary = AsWritten(Auxiliary, AuxiliaryLoss.Gao),
        AuxCoefficient = AuxCoefficient,
        AuxK = AuxK,
        DeadAfterRows = DeadAfterRows,
        WarmUpFraction = WarmUpFraction,
        DecayFraction = DecayFraction,
        SparsityWarmUpFraction = SparsityWarmUpFraction,
        KAnnealStart = KAnnealStart,
        ErrorPer = ErrorPer,
        DecoderBiasStart = DecoderBiasStart,
        EncoderStart = AsWritten(EncoderStart, EncoderStart.Tied),
        ProjectDecoderGradient = ProjectDecoderGradient,
        InputScaling = InputScaling,
    };

    // Options that came later are left out where they change nothing, so that what is written of a training stays the same.
    private T? AsWritten<T>(T value, T earlier)
        where T : struct, Enum => Given.Recipe != OriginalRecipe && value.Equals(earlier) ? null : value;
}
