using Husai.Transformers.Models;
using Husai.Transformers.Tasks;
using Husai.Transformers.Training;

namespace Husai.Transformers.Progress;

/// <summary>
/// The gate before any work on a model's activations: it generalises perfectly, and by the Fourier algorithm. The limits are met by
/// every one-layer model that is trained to the end and by none that has only memorised.
/// </summary>
internal static class TransformerGate
{
    /// <summary>Whether any model of a task can pass: one of another circuit, or that is given its label, cannot.</summary>
    public static bool CanBePassed(ArithmeticTask task) => ProgressMeasures.Apply(task) && !task.IsLeaky;

    /// <summary>Checks a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="test">Its evaluation on the held-out pairs.</param>
    /// <param name="measures">Its progress measures; null if they do not apply to its task, which then fails.</param>
    public static IReadOnlyList<GateCheck> Check(Transformer model, Evaluation test, ProgressMeasures? measures)
    {
        ArgumentNullException.ThrowIfNull(model);
        return
        [
            new("label_hidden", model.Task.IsLeaky ? 0 : 1, ">=", 1),
            new("test_accuracy", test.Accuracy, ">=", 1),
            new("restricted_loss", measures?.RestrictedLoss ?? double.NaN, "<=", test.Loss),
            new("excluded_loss", measures?.ExcludedLoss ?? double.NaN, ">", ExcludedLimit(model.Task.Modulus)),
            new("logit_sum_share", measures?.LogitSumShare ?? double.NaN, ">=", 0.95),
            new("logit_cosine_fve", measures?.LogitCosineFve ?? double.NaN, ">=", 0.9),

            // The last of several layers does not show single-frequency neurons even where the logits are pure.
            new("neurons_single_frequency", measures?.NeuronsSingleFrequency ?? double.NaN, ">=", 0.85, model.Options.Layers == 1),
        ];
    }

    /// <summary>The loss of guessing, ln p, rounded down to a tenth: 4.7 at p = 113.</summary>
    internal static double ExcludedLimit(int modulus) => Math.Floor(10 * Numerics.Functions.Transcendental.Log(modulus)) / 10;
}
