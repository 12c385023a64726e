using Husai.Analysis.Chance;

namespace Husai.Analysis.Circuits;

/// <summary>One-to-one matches with the circuit, with their levels.</summary>
/// <param name="Planes">Root energy of one-to-one matches with the planes' slots, beside that with other planes of the same span; null
/// without planes.</param>
/// <param name="Answers">Signed cosine of one-to-one matches with the answers' mean activations; null when the answer explains
/// nothing.</param>
/// <param name="AnswersChance">The same for as many directions drawn like the activations: a reference, with no part in a verdict.</param>
public sealed record CircuitMatch(PlaneChoice? Planes, double? Answers, ChanceLevel? AnswersChance);
