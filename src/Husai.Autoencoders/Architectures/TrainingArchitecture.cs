using Husai.Autoencoders.Engine;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Optimisers;

namespace Husai.Autoencoders.Architectures;

/// <summary>What differs between the training methods: which latents fire, what the loss adds, and parameters of their own.</summary>
/// <remarks>Selection and reconstruction run on several threads at once, for different rows.</remarks>
internal abstract unsafe class TrainingArchitecture(EngineSettings settings, TrainingWeights weights)
{
    /// <summary>Number of nested dictionaries.</summary>
    public virtual int Groups => 1;

    /// <summary>Whether entries carry two more numbers, whose sums per latent <see cref="UpdateOwnParameters"/> receives.</summary>
    public virtual bool KeepsExtras => false;

    /// <summary>Whether <see cref="Select"/> takes the <see cref="K"/> largest of a row: many latents are then shown in parts.</summary>
    public virtual bool ChoosesLargestOfRow => false;

    /// <summary>What a choice over the whole batch keeps, where <see cref="Select"/> only finds its candidates; else null.</summary>
    public virtual BatchChoice? BatchChoice => null;

    /// <summary>
    /// How whole rows of codes are computed, where <see cref="DenseStage"/> can compute the step, faster where many latents fire; else
    /// null.
    /// </summary>
    public virtual DenseCode? DenseCode => null;

    /// <summary>Active latents of a row in this step, or their mean over the batch; without meaning where there is a penalty.</summary>
    public int K { get; private set; }

    protected EngineSettings Settings => settings;

    protected TrainingWeights Weights => weights;

    protected float* Decoder => weights.Decoder.Row(0);

    protected int Stride => weights.Decoder.Values.Stride;

    protected int Vectors => weights.Decoder.Vectors;

    /// <summary>Called before a step.</summary>
    public void Begin(in StepSettings step)
    {
        K = step.K;
        Prepare();
    }

    /// <summary>Computes what all rows of a step share.</summary>
    protected virtual void Prepare()
    {
    }

    /// <summary>
    /// Appends the active latents of a row, or where the choice is over the whole batch the candidates, and ends the row.
    /// </summary>
    /// <param name="row">Pre-activations of all latents.</param>
    /// <param name="entries">Where to append.</param>
    public abstract void Select(float* row, EntryBlock entries);

    /// <summary>Index of the nested dictionary in which a latent first appears.</summary>
    public virtual int Group(int latent) => 0;

    /// <summary>Decodes a row, takes the residual, and finds the gradients of the entries.</summary>
    public virtual RowLoss Reconstruct(in RowPass row)
    {
        Decode(row.Residual, row, row.Entries.Values + row.From);
        var squaredError = RowKernels.SubtractSquared(row.Residual, row.Centred, Vectors);
        Dots(row.Entries.Gradients + row.From, row.Residual, row);
        return new RowLoss(squaredError, Backward(row));
    }

    /// <summary>
    /// Turns inner products of residual and decoder rows into gradients of pre-activations; returns what the sparsity coefficient
    /// multiplies.
    /// </summary>
    protected virtual double Backward(in RowPass row)
    {
        var gradients = row.Entries.Gradients + row.From;
        var vectors = row.Count / Lanes.Count;
        RowKernels.Scale(gradients, row.Scale, vectors);
        for (var n = vectors * Lanes.Count; n < row.Count; n++)
        {
            gradients[n] *= row.Scale;
        }

        return 0;
    }

    /// <summary>Adds the sparsity penalty's gradient to a decoder row's.</summary>
    public virtual void AddDecoderPenalty(int latent, float firstSum, float* gradient)
    {
    }

    /// <summary>Turns sums over the entries of consecutive latents into the gradients of the biases and the own parameters.</summary>
    /// <param name="firstLatent">A multiple of 16.</param>
    /// <param name="count">How many.</param>
    /// <param name="sums">Sums over the entries of each, to be replaced by gradients.</param>
    public virtual void FinishGradients(int firstLatent, int count, in LatentSums sums)
    {
    }

    /// <summary>Updates the encoder bias and parameters of the architecture's own for consecutive latents.</summary>
    /// <param name="firstLatent">A multiple of 16.</param>
    /// <param name="count">How many.</param>
    /// <param name="sums">What <see cref="FinishGradients"/> left of each.</param>
    /// <param name="adam">The optimiser's step.</param>
    public virtual void UpdateOwnParameters(int firstLatent, int count, in LatentSums sums, in FlushingAdam adam)
    {
        // With no other parameters the encoder bias has the gradient of the pre-activations.
        weights.EncoderBias.Step(0, firstLatent / Lanes.Count, Lanes.Padded(count) / Lanes.Count, sums.Gradients, adam);
    }

    /// <summary>Weight of the sparsity penalty in the loss, and of its gradient, at this L0.</summary>
    public virtual (double Loss, double Gradient) PenaltyAt(double l0, double coefficient) => (coefficient, coefficient);

    /// <summary>Squared norm of the gradients that <see cref="FinishGradients"/> left.</summary>
    public virtual double SquaredNorm(int count, in LatentSums sums) => Squares(sums.Gradients, count);

    protected static double Squares(float* values, int count) => Reductions.SumOfSquares(new ReadOnlySpan<float>(values, count));

    protected void Decode(float* result, in RowPass row, float* values, float* initial = null) => RowKernels.WeightedSum(
        result, initial, Decoder, Stride, row.Entries.Latents + row.From, values, row.Count, Vectors);

    protected void Dots(float* results, float* vector, in RowPass row) => RowKernels.Dots(
        results, vector, Decoder, Stride, row.Entries.Latents + row.From, row.Count, Vectors);
}

/// <summary>Sums over the entries of consecutive latents, one of each for a latent, zero in the padding.</summary>
internal readonly unsafe struct LatentSums(float* gradients, float* first, float* second, double penalty)
{
    /// <summary>Gradient of the encoder's pre-activation.</summary>
    public float* Gradients => gradients;

    /// <summary>Sums of <see cref="EntryBlock.First"/>.</summary>
    public float* First => first;

    /// <summary>Sums of <see cref="EntryBlock.Second"/>.</summary>
    public float* Second => second;

    /// <summary>Sparsity coefficient, schedule and slope applied, / rows of the batch.</summary>
    public double Penalty => penalty;
}
