using Husai.Autoencoders.Architectures;

namespace Husai.Autoencoders.Options;

/// <summary>
/// What a training does: the given options, and a value for each that the recipe, the method or the activations decide. None is null.
/// </summary>
internal sealed record ResolvedOptions
{
    /// <summary>The value of <see cref="DecoderBiasStart"/> for an SAE without a decoder bias.</summary>
    public const string NoDecoderBias = "none";

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

    /// <summary>Share of the steps before the weight of the penalty is steered.</summary>
    public required double ControlStartFraction { get; init; }

    /// <summary>Whether the logarithms of thresholds learn.</summary>
    public required bool LogThreshold { get; init; }

    /// <summary>Whether latents are chosen by pre-activation times norm of the decoder row.</summary>
    public required bool RescaleByDecoderNorm { get; init; }

    /// <summary>How errors of nested dictionaries become one loss.</summary>
    public required NestedLoss NestedLoss { get; init; }

    /// <summary>Largest norm of the gradient; 0 for none.</summary>
    public required double GradientClipNorm { get; init; }

    /// <summary>How long decoder rows are.</summary>
    public required DecoderNorm DecoderNorm { get; init; }

    /// <summary>Length of free decoder rows at the start; null for that of rows that are uniform.</summary>
    public required double? DecoderStartNorm { get; init; }

    /// <summary>Directions that decoder rows start from.</summary>
    public required DecoderStart DecoderStart { get; init; }

    /// <summary>How the encoder starts.</summary>
    public required EncoderStart EncoderStart { get; init; }

    /// <summary>Decoder bias at the start: <c>zero</c>, <c>mean</c> or <c>median</c>; <c>none</c> for no decoder bias.</summary>
    public required string DecoderBiasStart { get; init; }

    /// <summary>Whether the part of a decoder row's gradient along the row is removed.</summary>
    public required bool ProjectDecoderGradient { get; init; }

    /// <summary>Scaling of the inputs: <c>none</c>, <c>norm</c> or <c>whiten</c>.</summary>
    public required string InputScaling { get; init; }

    /// <summary>Whether a step depends on how many there are in all; if not, a shorter training is the beginning of a longer one.</summary>
    public bool HasSchedule => WarmUpFraction > 0 || DecayFraction > 0 || SparsityWarmUpFraction > 0 || ControlStartFraction > 0
        || Given.KAnnealFraction > 0;

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
        var (practice, husai, synthSae) =
            (options.Recipe == RecipeNames.Practice, options.Recipe == RecipeNames.Husai, options.Recipe == RecipeNames.SynthSae);
        var auxiliary = options.Auxiliary
            ?? (synthSae ? SynthSaeProtocol.Auxiliary(method) : husai && method.HasRunnersUp ? AuxiliaryLoss.RunnerUp : AuxiliaryLoss.Gao);
        var decoderNorm = options.DecoderNorm ?? (synthSae ? DecoderNorm.Free : DecoderNorm.Unit);
        var sparsityWarmUp = options.SparsityWarmUpFraction
            ?? (synthSae ? SynthSaeProtocol.SparsityWarmUpFraction(method) : practice ? 0.1 : 0);
        return new ResolvedOptions(options)
        {
            Method = method,
            Latents = options.LatentsFor(width),
            Auxiliary = auxiliary,
            AuxCoefficient = auxiliary switch
            {
                AuxiliaryLoss.None => 0,
                AuxiliaryLoss.RunnerUp => options.AuxCoefficient ?? 1.0 / options.K,
                AuxiliaryLoss.SaeLens => options.AuxCoefficient ?? 1,
                _ => options.AuxCoefficient ?? method.AuxCoefficient,
            },
            AuxK = options.AuxK ?? Math.Max(1, width / 2),
            DeadAfterRows = options.DeadAfterRows ?? (synthSae ? SynthSaeProtocol.DeadAfterSteps * options.BatchSize : trainingRows),
            WarmUpFraction = options.WarmUpFraction ?? (practice ? 0.05 : 0),
            DecayFraction = options.DecayFraction ?? (practice ? 0.2 : 0),
            SparsityWarmUpFraction = sparsityWarmUp,
            ControlStartFraction = options.ControlStartFraction ?? sparsityWarmUp,
            KAnnealStart = options.KAnnealStart ?? width,
            ErrorPer = options.ErrorPer ?? (husai ? "width" : synthSae ? "one" : "variance"),
            DecoderBiasStart = options.DecoderBiasStart ?? (husai ? NoDecoderBias : synthSae ? "zero" : "median"),
            EncoderStart = options.EncoderStart ?? (husai ? EncoderStart.Kaiming : EncoderStart.Tied),
            DecoderNorm = decoderNorm,
            DecoderStart = options.DecoderStart ?? (synthSae ? DecoderStart.Uniform : DecoderStart.Random),
            DecoderStartNorm = options.DecoderStartNorm
                ?? (synthSae && decoderNorm == DecoderNorm.Free ? SynthSaeProtocol.DecoderStartNorm(method) : null),
            ProjectDecoderGradient = options.ProjectDecoderGradient ?? (practice && decoderNorm == DecoderNorm.Unit),
            InputScaling = options.InputScaling ?? (husai ? "none" : synthSae ? SynthSaeProtocol.InputScaling(method) : "norm"),
            GradientClipNorm = options.GradientClipNorm ?? (synthSae ? SynthSaeProtocol.GradientClipNorm : 0),
            NestedLoss = options.NestedLoss ?? (synthSae ? NestedLoss.Sum : NestedLoss.Mean),
            LogThreshold = options.LogThreshold ?? (synthSae && method is JumpReluMethod),
            RescaleByDecoderNorm = RescalesByDecoderNorm(options, method),
        };
    }

    /// <summary>Whether latents are chosen by their pre-activation times the norm of their decoder row.</summary>
    internal static bool RescalesByDecoderNorm(SaeOptions options, TrainingMethod method) =>
        options.RescaleByDecoderNorm ?? (options.Recipe == RecipeNames.SynthSae && method.ChoosesByPreActivation);

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
        ControlStartFraction = Given.ControlledL0 > 0 ? ControlStartFraction : null,
        LogThreshold = AsWrittenLater(LogThreshold, false),
        RescaleByDecoderNorm = AsWrittenLater(RescaleByDecoderNorm, false),
        NestedLoss = AsWrittenLater(NestedLoss, NestedLoss.Mean),
        GradientClipNorm = AsWrittenLater(GradientClipNorm, 0),
        DecoderNorm = AsWrittenLater(DecoderNorm, DecoderNorm.Unit),
        DecoderStart = AsWrittenLater(DecoderStart, DecoderStart.Random),
        DecoderStartNorm = DecoderStartNorm,
    };

    // Options that came later are left out where they change nothing, so that what is written of a training stays the same.
    private T? AsWritten<T>(T value, T earlier)
        where T : struct, Enum => Given.Recipe != RecipeNames.Husai && value.Equals(earlier) ? null : value;

    // As AsWritten, of options for which the recipe of the original project has no value of its own.
    private T? AsWrittenLater<T>(T value, T earlier)
        where T : struct => Given.Recipe != RecipeNames.SynthSae && value.Equals(earlier) ? null : value;
}
