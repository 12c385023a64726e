using Husai.Autoencoders.Architectures;

namespace Husai.Autoencoders.Options;

/// <summary>
/// What a training does: the given options, and a value for each that the recipe, the method or the activations decide. None is null.
/// </summary>
internal sealed record ResolvedOptions
{
    private ResolvedOptions(SaeOptions given) => Given = given;

    /// <summary>The options as they were given; those that may be null have their values here instead.</summary>
    public SaeOptions Given { get; }

    /// <summary>The training method.</summary>
    public required TrainingMethod Method { get; init; }

    /// <summary>Number of latents.</summary>
    public required int Latents { get; init; }

    /// <summary>Weight of the dead latents' reconstruction of the residual.</summary>
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

    /// <summary>Decoder bias at the start: <c>zero</c>, <c>mean</c> or <c>median</c>.</summary>
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
    /// More latents are to be active than there are, or what is frozen is to be resampled.
    /// </exception>
    public static ResolvedOptions Resolve(SaeOptions options, int width, int trainingRows)
    {
        options.RequireLatents(width);
        options.RequireNoResamplingOfFrozen();
        var method = options.Method();
        var husai = options.Recipe == "husai";
        return new ResolvedOptions(options)
        {
            Method = method,
            Latents = options.LatentsFor(width),
            AuxCoefficient = options.AuxCoefficient ?? method.AuxCoefficient,
            AuxK = options.AuxK ?? Math.Max(1, width / 2),
            DeadAfterRows = options.DeadAfterRows ?? trainingRows,
            WarmUpFraction = options.WarmUpFraction ?? (husai ? 0 : 0.05),
            DecayFraction = options.DecayFraction ?? (husai ? 0 : 0.2),
            SparsityWarmUpFraction = options.SparsityWarmUpFraction ?? (husai ? 0 : 0.1),
            KAnnealStart = options.KAnnealStart ?? width,
            ErrorPer = options.ErrorPer ?? (husai ? "width" : "variance"),
            DecoderBiasStart = options.DecoderBiasStart ?? (husai ? "zero" : "median"),
            ProjectDecoderGradient = options.ProjectDecoderGradient ?? !husai,
            InputScaling = options.InputScaling ?? (husai ? "none" : "norm"),
        };
    }

    /// <summary>As options again, with nothing left to decide: what is written down of a training.</summary>
    public SaeOptions ToOptions() => Given with
    {
        Latents = Latents,
        AuxCoefficient = AuxCoefficient,
        AuxK = AuxK,
        DeadAfterRows = DeadAfterRows,
        WarmUpFraction = WarmUpFraction,
        DecayFraction = DecayFraction,
        SparsityWarmUpFraction = SparsityWarmUpFraction,
        KAnnealStart = KAnnealStart,
        ErrorPer = ErrorPer,
        DecoderBiasStart = DecoderBiasStart,
        ProjectDecoderGradient = ProjectDecoderGradient,
        InputScaling = InputScaling,
    };
}
