using Husai.Numerics.Matrices;
using Husai.Transformers.Computation.Plans;

namespace Husai.Transformers.Computation;

/// <summary>A way to compute logits at the read position and the gradients of all parameters.</summary>
internal interface ITrainingPass
{
    /// <summary>Chooses the batch of the passes that follow.</summary>
    void Bind(SequencePlan plan);

    /// <summary>The logits, a row for each sequence; valid until the next pass.</summary>
    Matrix Forward();

    /// <summary>
    /// Writes the gradients of all parameters, once the caller has overwritten the result of <see cref="Forward"/> by its gradient.
    /// </summary>
    void Backward();
}
