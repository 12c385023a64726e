using System.ComponentModel.DataAnnotations;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Architectures;

/// <summary>
/// Everything in which one training method differs from another: its name, what makes codes sparse, what it takes from the options, what
/// is checked at the end, the parameters of its own, what a step computes, and the form in which the result is used and saved. Without
/// state; <see cref="TrainingMethods"/> lists all.
/// </summary>
public abstract class TrainingMethod
{
    private protected TrainingMethod()
    {
    }

    /// <summary>Name in configurations (<see cref="SaeOptions.Architecture"/>) and in what is saved.</summary>
    public abstract string Name { get; }

    /// <summary>What makes the codes sparse.</summary>
    public abstract SparsityKind Sparsity { get; }

    /// <summary>Whether latents are chosen by their number, <see cref="SaeOptions.K"/>.</summary>
    public bool SelectsByK => Sparsity == SparsityKind.Selection;

    /// <summary>Whether training chooses latents over a whole batch: <see cref="SaeOptions.K"/> is then of a mean row.</summary>
    internal virtual bool ChoosesOverBatch => false;

    /// <summary>Operations of a step for each row, latent and coordinate, about: for the order of jobs and for estimates.</summary>
    internal virtual double OperationsOfStep => SelectsByK ? 4 : 12;

    /// <summary>Whether the L1 penalty can weigh each latent by the norm of its decoder row.</summary>
    internal virtual bool CanWeighByDecoderNorm => false;

    /// <summary>Whether each row chooses its own k latents, so that the next ones of the row are runners-up.</summary>
    internal virtual bool HasRunnersUp => false;

    /// <summary>Whether latents are chosen by their number out of the pre-activations of all, be it of a row or of a batch.</summary>
    internal virtual bool ChoosesByPreActivation => SelectsByK;

    /// <summary>Weight of the dead latents' reconstruction of the residual, where the options have none.</summary>
    internal virtual double AuxCoefficient => SelectsByK ? 1.0 / 32 : 0;

    /// <summary>Parameters beside encoder, decoder and their biases: one number for each latent. Names in the resume file.</summary>
    internal virtual IReadOnlyList<string> OwnParameters => [];

    /// <summary>The L0 that is aimed at; null where the options leave it to the weight of a penalty.</summary>
    /// <param name="options">What is trained.</param>
    public virtual double? TargetL0(SaeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SelectsByK ? options.K
            : options.ControlledL0 > 0 ? options.ControlledL0
            : options.TargetL0 > 0 ? options.TargetL0
            : null;
    }

    /// <summary>The option that decides how sparse codes are, as tables name it, and its value.</summary>
    /// <param name="options">What is trained.</param>
    public virtual (string Name, double Value) SparsitySetting(SaeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Sparsity switch
        {
            SparsityKind.Selection => ("k", options.K),
            _ when options.ControlledL0 > 0 => ("controlled l0", options.ControlledL0),
            SparsityKind.L0Penalty => options.TargetL0 > 0 ? ("target l0", options.TargetL0) : ("l0 coefficient", options.L0Coefficient),
            _ => ("l1", options.L1Coefficient),
        };
    }

    /// <summary>What is wrong with options for this method.</summary>
    /// <param name="options">What is to be trained.</param>
    internal virtual IEnumerable<ValidationResult> Problems(SaeOptions options)
    {
        if (options.NormWeightedL1 && !CanWeighByDecoderNorm)
        {
            var names = TrainingMethods.All.Where(method => method.CanWeighByDecoderNorm).Select(method => method.Name);
            yield return new ValidationResult(
                $"norm_weighted_l1 is for the architecture {string.Join(", ", names)}", [nameof(SaeOptions.NormWeightedL1)]);
        }
    }

    /// <summary>Options of which this method cannot do what they ask for, however they were given.</summary>
    /// <param name="options">What is to be trained.</param>
    internal virtual IEnumerable<ValidationResult> Contradictions(SaeOptions options) => [];

    /// <summary>What is checked at the end beside reconstruction and dead latents, red flags among it.</summary>
    /// <param name="options">What was trained.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="metrics">What was measured.</param>
    internal virtual IEnumerable<SaeCheck> Checks(
        SaeOptions options, CheckOptions limits, ReconstructionMetrics metrics) =>
        !SelectsByK ? [] :
        [
            SaeCheck.AtLeast("l0_at_least", metrics.L0, options.K - limits.L0Distance, false),
            SaeCheck.AtMost("l0_at_most", metrics.L0, options.K + limits.L0Distance, false),
            SaeCheck.AtLeast("l0_not_far_below_k", metrics.L0, options.K * limits.LowestL0Share, true),
        ];

    /// <summary>Adds what this method takes from the options to the settings that all methods have.</summary>
    internal virtual EngineSettings Configure(EngineSettings settings, ResolvedOptions options) => settings with
    {
        SparsityCoefficient = Sparsity switch
        {
            SparsityKind.L0Penalty => options.Given.L0Coefficient,
            SparsityKind.L1Penalty => options.Given.L1Coefficient,
            _ => 0,
        },
    };

    /// <summary>Gives <see cref="OwnParameters"/> values before the first step; they are zero.</summary>
    internal virtual void Initialise(TrainingWeights weights, ResolvedOptions options)
    {
    }

    /// <summary>What computes the steps.</summary>
    internal virtual ITrainingEngine CreateEngine(EngineSettings settings, TrainingWeights weights, Workers workers) =>
        new CpuEngine(settings, weights, workers);

    /// <summary>What a step of this method computes.</summary>
    internal abstract TrainingArchitecture CreateArchitecture(EngineSettings settings, TrainingWeights weights);

    /// <summary>The SAE as it is used and saved: its form on disk.</summary>
    /// <param name="weights">Its weights, at any step.</param>
    /// <param name="options">What is trained.</param>
    /// <param name="k">Active latents of a row, for a form that chooses by their number.</param>
    internal abstract Sae ToSae(UnscaledWeights weights, ResolvedOptions options, int k);
}
