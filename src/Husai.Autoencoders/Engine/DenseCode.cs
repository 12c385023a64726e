using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// What differs between the training methods where whole rows of codes are computed by dense products: the way from pre-activations to
/// codes and back. Rows are computed on several threads at once.
/// </summary>
internal abstract unsafe class DenseCode
{
    /// <summary>Whether the code is max(pre-activation, 0), which the encoder's product writes itself.</summary>
    public virtual bool IsRelu => false;

    /// <summary>Whether latents have the two sums of the code's own beside that of their gradients.</summary>
    public virtual bool KeepsOwnSums => !IsRelu;

    /// <summary>Whether gates, max(pre-activation, 0), have a reconstruction of their own beside the code's.</summary>
    public virtual bool HasGates => false;

    /// <summary>Computes a row's code; not called where it is ReLU's.</summary>
    /// <param name="preActivations">The row's pre-activations; with gates max(pre-activation, 0).</param>
    /// <param name="codes">Receives the code.</param>
    public virtual void Activate(float* preActivations, float* codes)
    {
    }

    /// <summary>Turns a row's gradients of the code into those of the pre-activations.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">Sums over the rows of a block.</param>
    /// <param name="sparsity">What the sparsity coefficient multiplies.</param>
    /// <returns>How many latents fire.</returns>
    public abstract int Backward(in DenseRow row, in CodeColumnSums columns, out double sparsity);
}

/// <summary>A row of a dense step on its way back.</summary>
internal readonly unsafe struct DenseRow
{
    /// <summary>Gradients of the code; to be replaced by those of the pre-activations.</summary>
    public required float* Gradients { get; init; }

    /// <summary>Gradients of the gates' own reconstruction; null without gates.</summary>
    public required float* GateGradients { get; init; }

    /// <summary>What <see cref="DenseCode.Activate"/> was given; the code itself where that is ReLU's.</summary>
    public required float* PreActivations { get; init; }

    /// <summary>The code.</summary>
    public required float* Codes { get; init; }

    /// <summary>Sparsity coefficient / rows of the batch.</summary>
    public required float Penalty { get; init; }
}
