using Husai.Analysis.Circuits;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Causal;

/// <summary>
/// Turning the phase of every frequency k of a + b by w_k = 2 pi k / p must turn the answer c into c + 1, if these planes are what the
/// model computes with. The turn is a linear map of the activations alone: it knows no input.
/// </summary>
/// <param name="Planes">Planes that are turned: those that carry a wave of a + b.</param>
/// <param name="AnswersNext">Share of inputs whose answer becomes c + 1.</param>
/// <param name="AnswersSame">Share of inputs whose answer is still c.</param>
/// <param name="RandomAnswersNext">Share with the answer c + 1 when each plane is turned by a random multiple of its w_k instead: the null,
/// near 1 / p.</param>
internal sealed record Steering(int Planes, double AnswersNext, double AnswersSame, double RandomAnswersNext)
{
    /// <summary>Turns the activations and reads the answers; null when no plane carries a wave of a + b.</summary>
    /// <param name="activations">Of all inputs, <c>[p², width]</c>: the site's own, or a reconstruction of them.</param>
    /// <param name="circuit">The site's circuit.</param>
    /// <param name="logitsOf">The model from this site on.</param>
    /// <param name="answers">The right answers.</param>
    /// <param name="seed">Seed of the random turns.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static Steering? Measure(
        Matrix activations, Circuit circuit, Func<Matrix, Matrix> logitsOf, AnswerKey answers, ulong seed = 0, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(logitsOf);
        ArgumentNullException.ThrowIfNull(answers);
        if (PlaneRotation.Of(circuit) is not { } rotation)
        {
            return null;
        }

        var modulus = circuit.Modulus;
        AnswerKey next = new(Array.ConvertAll(answers.Targets, target => (target + 1) % modulus));
        var turned = logitsOf(rotation.Turn(activations, [.. Enumerable.Repeat(1, rotation.Planes)], workers));
        var stream = new RandomStream(seed, "steering.random");
        int[] randomSteps = [.. Enumerable.Range(0, rotation.Planes).Select(_ => stream.NextInt32(modulus))];
        var random = logitsOf(rotation.Turn(activations, randomSteps, workers));
        return new Steering(
            rotation.Planes, LogitScores.Of(turned, next, workers).Accuracy,
            LogitScores.Of(turned, new AnswerKey(answers.Targets), workers).Accuracy,
            LogitScores.Of(random, next, workers).Accuracy);
    }
}
