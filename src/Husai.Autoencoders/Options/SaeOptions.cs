using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Training;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Options;

/// <summary>Everything that decides a trained SAE, next to its activations. What a recipe decides is null until given.</summary>
public sealed record SaeOptions : IValidatableObject
{
    /// <summary>Name of the training method.</summary>
    [Description("Training method")]
    [TrainingMethodName]
    public string Architecture { get; init; } = "topk";

    /// <summary>
    /// <c>practice</c>, today's best practice, <c>husai</c>, that of the original project, or <c>synthsae</c>, the protocol of
    /// SynthSAEBench; it decides what is not given.
    /// </summary>
    [Description(
        "Decides what is not given: practice (today's best), husai (the original project's, as it was in November 2025), or synthsae (the "
            + "protocol of SynthSAEBench)")]
    [AllowedValues(RecipeNames.Practice, RecipeNames.Husai, RecipeNames.SynthSae)]
    public string Recipe { get; init; } = RecipeNames.Practice;

    /// <summary>Latents for each coordinate of the activations.</summary>
    [Description("Latents for each coordinate of the activations")]
    [Range(0.01, 1024.0)]
    public double ExpansionFactor { get; init; } = 8;

    /// <summary>Number of latents; the expansion factor decides if null.</summary>
    [Description("Number of latents; if not given, the expansion factor decides")]
    [Range(1, 1 << 24)]
    public int? Latents { get; init; }

    /// <summary>Active latents of a row (topk), their mean (batchtopk, matryoshka), or steps of a row (matching_pursuit).</summary>
    [Description("Active latents of a row (topk), their mean (batchtopk, matryoshka), or steps of a row (matching_pursuit)")]
    [Range(1, 1 << 20)]
    public int K { get; init; } = 32;

    /// <summary>Weight of the L1 penalty (relu, gated).</summary>
    [Description("Weight of the L1 penalty on a row's code (relu) or gates (gated)")]
    [Range(0.0, 1e6)]
    public double L1Coefficient { get; init; }

    /// <summary>relu: weigh each latent's value by the norm of its decoder row, and leave that norm free.</summary>
    [Description("relu: weigh each latent by the norm of its decoder row in the L1 penalty, and leave that norm free")]
    public bool NormWeightedL1 { get; init; }

    /// <summary>jumprelu: weight of the L0 penalty.</summary>
    [Description("jumprelu: weight of the L0 penalty")]
    [Range(0.0, 1e6)]
    public double L0Coefficient { get; init; }

    /// <summary>jumprelu: L0 to aim at, with the penalty coefficient x (L0/target - 1)²; 0 for a penalty linear in L0.</summary>
    [Description("jumprelu: L0 to aim at, by a penalty of coefficient x (L0/target - 1)^2; 0 for a penalty linear in L0")]
    [Range(0.0, 1e6)]
    public double TargetL0 { get; init; }

    /// <summary>relu, gated, jumprelu: L0 that the weight of the penalty is steered to, step by step; 0 for a constant weight.</summary>
    [Description(
        "relu, gated, jumprelu: L0 of a batch that the weight of the penalty is steered to, step by step, within a hundredth and a hundred "
            + "times its value; 0 for a constant weight")]
    [Range(0.0, 1e6)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double ControlledL0 { get; init; }

    /// <summary>Share of the steps before the weight of the penalty is steered; that of the penalty's rise if null.</summary>
    [Description("Share of the steps before the weight of the penalty is steered; that over which the penalty rises if not given")]
    [Range(0.0, 1.0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? ControlStartFraction { get; init; }

    /// <summary>jumprelu: width of the kernel through which thresholds learn.</summary>
    [Description("jumprelu: width of the kernel through which thresholds learn")]
    [Range(1e-6, 10.0)]
    public double Bandwidth { get; init; } = 0.05;

    /// <summary>jumprelu: thresholds at the start.</summary>
    [Description("jumprelu: thresholds at the start")]
    [Range(0.0, 100.0)]
    public double InitialThreshold { get; init; } = 0.05;

    /// <summary>jumprelu: whether the logarithms of the thresholds are what learns; by recipe.</summary>
    [Description(
        "jumprelu: the logarithms of the thresholds learn, not the thresholds themselves; true (synthsae) or false (else) if not given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool? LogThreshold { get; init; }

    /// <summary>
    /// topk, batchtopk, matryoshka: whether latents are chosen by pre-activation times norm of the decoder row; by recipe.
    /// </summary>
    [Description(
        "topk, batchtopk, matryoshka: choose latents by their pre-activation times the norm of their decoder row; true (synthsae) or false "
            + "(else) if not given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool? RescaleByDecoderNorm { get; init; }

    /// <summary>matryoshka: the nested dictionaries' shares of the latents, ascending, the last 1.</summary>
    [Description("matryoshka: the nested dictionaries' shares of the latents, ascending, the last 1")]
    [Range(0.0001, 1.0)]
    public IReadOnlyList<double> NestedFractions { get; init; } = [0.0625, 0.125, 0.25, 0.5, 1];

    /// <summary>matryoshka: how the errors of the nested dictionaries become one loss; by recipe.</summary>
    [Description(
        "matryoshka: the loss is the mean or the sum of the nested dictionaries' errors; sum (synthsae) or mean (else) if not given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public NestedLoss? NestedLoss { get; init; }

    /// <summary>What the loss has for latents that do not fire; by recipe Gao, RunnerUp (topk) or SaeLens.</summary>
    [Description(
        "What the loss has for latents that do not fire: gao (dead latents reconstruct the residual, AuxK), runner_up (topk: the squared "
            + "error times the sum of the k largest pre-activations that were not chosen, the original project's), sae_lens (as gao, but "
            + "with pre-activations of either sign, no division by the residual's variance, and a share for each nested dictionary), or "
            + "none; gao (practice, and husai but for topk), runner_up (husai) or sae_lens (synthsae, where k latents are chosen) if not "
            + "given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AuxiliaryLoss? Auxiliary { get; init; }

    /// <summary>
    /// Weight of the auxiliary loss; for Gao's, of the dead latents' reconstruction of the residual (Gao et al. 2024, appendix A.2), not
    /// for relu, jumprelu and gated unless given.
    /// </summary>
    [Description(
        "Weight of the auxiliary loss; if not given 1/32 for the top-k methods and 0 for others (gao), 1/k (runner_up), or 1 (sae_lens)")]
    [Range(0.0, 1e6)]
    public double? AuxCoefficient { get; init; }

    /// <summary>Dead latents that reconstruct a row's residual; half the width if null.</summary>
    [Description("Dead latents that reconstruct a row's residual; half the width if not given")]
    [Range(1, 1 << 20)]
    public int? AuxK { get; init; }

    /// <summary>Rows without firing after which a latent counts as dead; one epoch's or, by recipe, those of 1,001 steps if null.</summary>
    [Description(
        "Rows without firing after which a latent counts as dead in training; one epoch's, or those of 1001 steps (synthsae), if not "
            + "given")]
    [Range(1L, 1L << 40)]
    public long? DeadAfterRows { get; init; }

    /// <summary>What stays at its start, for a baseline; left out of what is written where it is nothing.</summary>
    [Description(
        "What stays at its random start, for a baseline: nothing (none), the decoder's rows (decoder), these within a cosine of 0.8 "
            + "(decoder_soft), or the encoder's rows (encoder); biases and thresholds learn")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FrozenPart Freeze { get; init; }

    /// <summary>How the encoder starts; by recipe Tied or Kaiming.</summary>
    [Description(
        "How the encoder starts: tied (each row equals its decoder row), or kaiming (uniform in ±sqrt(6 / width), independent of the "
            + "decoder); kaiming (husai) or tied (else) if not given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EncoderStart? EncoderStart { get; init; }

    /// <summary>How long decoder rows are; by recipe Unit or Free.</summary>
    [Description(
        "How long decoder rows are: unit (1 at every step), or free (they start uniform in ±sqrt(6 / latents), and training decides); free "
            + "(synthsae) or unit (else) if not given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DecoderNorm? DecoderNorm { get; init; }

    /// <summary>Length of free decoder rows at the start, in the directions of <see cref="DecoderStart"/>; by recipe.</summary>
    [Description(
        "Length of free decoder rows at the start, in the directions of decoder_start; 0.1, 0.5 (jumprelu) or 1 (matching_pursuit) "
            + "(synthsae), or that of rows uniform in ±sqrt(6 / latents) (else) if not given")]
    [Range(1e-6, 1e3)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? DecoderStartNorm { get; init; }

    /// <summary>Steps between resamplings of dead latents; 0 for none.</summary>
    [Description("Steps between resamplings of dead latents, from badly reconstructed rows; 0 for none")]
    [Range(0, 1_000_000_000)]
    public int ResampleEvery { get; init; }

    /// <summary>Step size of Adam.</summary>
    [Description("Step size of Adam")]
    [Range(1e-9, 1.0)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Decay of Adam's first moment.</summary>
    [Description("Decay of Adam's first moment")]
    [Range(0.0, 0.9999999)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Decay of Adam's second moment.</summary>
    [Description("Decay of Adam's second moment")]
    [Range(0.0, 0.9999999)]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Added to the root of Adam's second moment.</summary>
    [Description("Added to the root of Adam's second moment")]
    [Range(1e-20, 1.0)]
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Largest norm of the gradient of all parameters together, to which a larger one is scaled; by recipe, 0 for none.</summary>
    [Description(
        "Largest norm of the gradient of all parameters together, to which a larger one is scaled before Adam; 0 for none; 1 (synthsae) or "
            + "0 (else) if not given")]
    [Range(0.0, 1e9)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double? GradientClipNorm { get; init; }

    /// <summary>Rows of a step.</summary>
    [Description("Rows of a step")]
    [Range(1, 1 << 20)]
    public int BatchSize { get; init; } = 256;

    /// <summary>Whether an epoch leaves out the rows that are left over for its last step.</summary>
    [Description("Leave out the rows of an epoch that do not fill a last step; other rows in each epoch")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DropLast { get; init; }

    /// <summary>Passes over the training rows.</summary>
    [Description("Passes over the training rows")]
    [Range(1, 1_000_000)]
    public int Epochs { get; init; } = 20;

    /// <summary>Share of the steps over which the learning rate rises linearly; by recipe 0.05 or 0.</summary>
    [Description("Share of the steps over which the learning rate rises; 0.05 (practice) or 0 (else) if not given")]
    [Range(0.0, 1.0)]
    public double? WarmUpFraction { get; init; }

    /// <summary>Share of the steps, at the end, over which the learning rate falls to 0; by recipe 0.2 or 0.</summary>
    [Description("Share of the steps, at the end, over which the learning rate falls to 0; 0.2 (practice) or 0 (else) if not given")]
    [Range(0.0, 1.0)]
    public double? DecayFraction { get; init; }

    /// <summary>Share of the steps over which the sparsity penalty rises linearly; by recipe 0.1, a third (relu) or 0.</summary>
    [Description(
        "Share of the steps over which the sparsity penalty rises; 0.1 (practice), 1/3 (synthsae, relu) or 0 (else) if not given")]
    [Range(0.0, 1.0)]
    public double? SparsityWarmUpFraction { get; init; }

    /// <summary>Share of the steps over which k falls from <see cref="KAnnealStart"/>.</summary>
    [Description("Share of the steps over which k falls linearly to its value; 0 for a constant k")]
    [Range(0.0, 1.0)]
    public double KAnnealFraction { get; init; }

    /// <summary>k at the start of annealing; the width if null.</summary>
    [Description("k at the start of annealing; the width of the activations if not given")]
    [Range(1, 1 << 20)]
    public int? KAnnealStart { get; init; }

    /// <summary>What a row's squared error is divided by: <c>one</c>, <c>width</c> or <c>variance</c> (of the training rows).</summary>
    [Description(
        "What the squared error of a row is divided by: one, width, or variance (of a training row); variance (practice), width (husai) or "
            + "one (synthsae) if not given")]
    [AllowedValues("one", "width", "variance", null)]
    public string? ErrorPer { get; init; }

    /// <summary>
    /// Decoder bias at the start: <c>zero</c>, <c>mean</c> or <c>median</c> (the geometric one); <c>none</c> for an SAE without one.
    /// </summary>
    [Description(
        "Decoder bias at the start: zero, mean, or median (the geometric one), or none (there is no decoder bias: it stays 0); median "
            + "(practice), none (husai) or zero (synthsae) if not given")]
    [AllowedValues("none", "zero", "mean", "median", null)]
    public string? DecoderBiasStart { get; init; }

    /// <summary>Directions that the decoder's rows, and with them the encoder's, start from; by recipe Random or Uniform.</summary>
    [Description(
        "Directions that the rows of decoder and encoder start from: random, rows of the activations (data_points), centroids of k-means "
            + "(k_means), random ones within the principal directions of 99% of the variance (active_subspace), or ones with uniform "
            + "coordinates (uniform, the original project's); uniform (synthsae) or random (else) if not given")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DecoderStart? DecoderStart { get; init; }

    /// <summary>Whether the part of a decoder row's gradient along the row is removed.</summary>
    [Description(
        "Remove the part of a decoder row's gradient along the row; true (practice, decoders of unit norm) or false (else) if not given")]
    public bool? ProjectDecoderGradient { get; init; }

    /// <summary>
    /// Scaling of the inputs: <c>none</c>; <c>norm</c>, to a mean norm of root width once the starting decoder bias is taken off; or
    /// <c>whiten</c>, to nearly the same variance in all directions, and then as <c>norm</c>; folded into what is saved.
    /// </summary>
    [Description(
        "Scaling of the inputs: none, norm (to a mean norm of sqrt(width) once the starting decoder bias is taken off), or whiten (to the "
            + "same variance in all directions that vary by more than a hundredth of the mean, then as norm); folded into the saved "
            + "weights; norm (practice, and synthsae for jumprelu) or none (else) if not given")]
    [AllowedValues("none", "norm", "whiten", null)]
    public string? InputScaling { get; init; }

    /// <summary>Share of the old value that the running threshold of batchtopk and matryoshka keeps at each step.</summary>
    [Description("batchtopk, matryoshka: share of the old value that the running inference threshold keeps at each step")]
    [Range(0.0, 0.9999999)]
    public double ThresholdMomentum { get; init; } = 0.99;

    /// <summary>Share of the rows held out for the metrics; the same rows for every seed.</summary>
    [Description("Share of the rows held out for the metrics; the same rows for every seed")]
    [Range(0.0, 0.9)]
    public double HeldOutFraction { get; init; } = 0.1;

    /// <summary>Steps between evaluations on the held-out rows; 0 for one at the end.</summary>
    [Description("Steps between evaluations on the held-out rows; 0 for one at the end only")]
    [Range(0, 1_000_000_000)]
    public int EvaluateEvery { get; init; } = 200;

    /// <summary>Steps between two saves of resume.safetensors; 0 saves it only when training is interrupted.</summary>
    [Description("Steps between two saves of resume.safetensors; 0 saves it only when training is interrupted")]
    [Range(0, 1_000_000_000)]
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Steps after which the SAE is kept as it then is; 0 is the initialisation.</summary>
    [Description("Steps after which training saves the SAE to snapshots/step_N; 0 is the initialisation")]
    [Range(0L, 1L << 40)]
    public IReadOnlyList<long> SnapshotSteps { get; init; } = [];

    /// <summary>Steps between further snapshots, from the initialisation on; 0 for none.</summary>
    [Description("Steps between further snapshots, from the initialisation on; 0 for none")]
    [Range(0, 1_000_000_000)]
    public int SnapshotEvery { get; init; }

    /// <summary>A latent that fires on a smaller share of all rows counts as dead in the metrics.</summary>
    [Description("A latent that fires on a smaller share of all rows than this counts as dead in the metrics")]
    [Range(0.0, 1.0)]
    public double DeadThreshold { get; init; } = 1e-5;

    /// <summary>Rows, evenly spaced, on which firing frequencies and the share of dead latents are measured; all if null.</summary>
    [Description("Rows, evenly spaced, on which firing frequencies and the share of dead latents are measured; all if not given")]
    [Range(1, int.MaxValue)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? FiringRows { get; init; }

    /// <summary>Root seed.</summary>
    [Description("Seed of the initial weights, and of the order of the rows unless that has its own")]
    [Range(0L, long.MaxValue)]
    public long Seed { get; init; } = 42;

    /// <summary>Seed of the order of the rows; the root seed if null.</summary>
    [Description("Seed of the order of the rows; the other seed if not given")]
    [Range(0L, long.MaxValue)]
    public long? OrderSeed { get; init; }

    /// <summary>Limits of the verdict at the end.</summary>
    [Description("Limits of the verdict at the end")]
    public CheckOptions Checks { get; init; } = new();

    /// <summary>The training method that <see cref="Architecture"/> names.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public TrainingMethod Method() => TrainingMethods.Find(Architecture);

    /// <summary>Whether the SAE is kept after so many steps.</summary>
    public bool KeepsSnapshot(long step) => SnapshotSteps.Contains(step) || (SnapshotEvery > 0 && step % SnapshotEvery == 0);

    /// <summary>Steps of a whole training on activations of a number of rows.</summary>
    public long StepsFor(int rows)
    {
        var training = rows - RowSplit.HeldOutOf(rows, HeldOutFraction);
        return Epochs * BatchOrder.StepsFor(training, Math.Min(BatchSize, training), DropLast);
    }

    /// <summary>Number of latents for activations of a width.</summary>
    public int LatentsFor(int width) => Latents ?? Math.Max(1, (int)Math.Round(ExpansionFactor * width));

    /// <summary>Makes sure that there are as many latents as are to be active.</summary>
    /// <param name="width">Width of the activations.</param>
    /// <exception cref="ArgumentException">There are fewer; the message names the option.</exception>
    public void RequireLatents(int width)
    {
        if (!Method().SelectsByK)
        {
            return;
        }

        ActiveLatents.Require(K, LatentsFor(width));
        if (KAnnealStart is { } start && KAnnealFraction > 0)
        {
            ActiveLatents.Require(start, LatentsFor(width), "k_anneal_start");
        }
    }

    /// <summary>Makes sure that no option contradicts another.</summary>
    /// <exception cref="ArgumentException">One does; the message names the options.</exception>
    internal void RequireNoContradiction()
    {
        if (OptionContradictions.Of(this).FirstOrDefault() is { } contradiction)
        {
            throw new ArgumentException(contradiction.ErrorMessage);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var ascending = NestedFractions.Zip(NestedFractions.Skip(1)).All(pair => pair.First < pair.Second);
        if (NestedFractions.Count == 0 || !ascending || NestedFractions[^1] != 1)
        {
            yield return new ValidationResult("nested_fractions must rise and end with 1", [nameof(NestedFractions)]);
        }

        foreach (var contradiction in OptionContradictions.Of(this))
        {
            yield return contradiction;
        }

        foreach (var problem in TrainingMethods.TryFind(Architecture)?.Problems(this) ?? [])
        {
            yield return problem;
        }
    }
}
