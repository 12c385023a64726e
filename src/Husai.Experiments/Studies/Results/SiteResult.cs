namespace Husai.Experiments.Studies.Results;

/// <summary>The activations of one site of one transformer or network, or the user's own.</summary>
/// <param name="Rows">Number of rows; of a transformer all p² inputs.</param>
/// <param name="Width">Width of the activations.</param>
/// <param name="Hash">Hash of the activations; of a store its own.</param>
/// <param name="EffectiveRank">exp of the entropy of the singular values of the centred activations.</param>
/// <param name="ParticipationRatio">(sum of variances)² / (sum of their squares), over the principal variances.</param>
internal sealed record SiteResult(int Rows, int Width, string Hash, double EffectiveRank, double ParticipationRatio)
{
    internal const string FileName = "result.json";
}
