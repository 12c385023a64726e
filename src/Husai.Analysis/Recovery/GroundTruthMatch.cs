namespace Husai.Analysis;

/// <summary>Ground-truth matching scores beside those of covariance-matched directions of the same number.</summary>
/// <param name="Planes">Root energy of one-to-one matches with the planes' slots.</param>
/// <param name="PlanesChance">The same for covariance-matched directions.</param>
/// <param name="Answers">Signed cosine of one-to-one matches with the answers' mean activations; null when the answer explains nothing.</param>
/// <param name="AnswersChance">The same for covariance-matched directions.</param>
public sealed record GroundTruthMatch(double? Planes, ChanceLevel? PlanesChance, double? Answers, ChanceLevel? AnswersChance);
