namespace Husai.Experiments.Studies.Results;

/// <summary>A world of a study.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Features">Number of features.</param>
/// <param name="Width">Width of a sample.</param>
/// <param name="ExpectedL0">Mean number of features of a sample.</param>
/// <param name="IsExact">Whether that is exact: it is where features are not correlated.</param>
/// <param name="EffectiveRank">exp of the entropy of the singular values of centred samples.</param>
internal sealed record WorldResult(string Hash, int Features, int Width, double ExpectedL0, bool IsExact, double EffectiveRank)
{
    internal const string FileName = "result.json";
}
