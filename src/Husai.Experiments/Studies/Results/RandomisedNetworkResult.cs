namespace Husai.Experiments.Studies.Results;

/// <summary>The randomised copy of a network.</summary>
/// <param name="ModelHash">SHA-256 of the copy's file.</param>
/// <param name="PermutedTensors">Number of weight tensors that were permuted.</param>
internal sealed record RandomisedNetworkResult(string ModelHash, int PermutedTensors)
{
    internal const string FileName = "result.json";
}
