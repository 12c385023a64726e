using Husai.Networks.Splicing;

namespace Husai.Experiments.Studies.Results;

/// <summary>What the reconstructions of the SAEs of a site do inside their network.</summary>
/// <param name="Saes">One entry for each SAE.</param>
internal sealed record NetworkSpliceResult(IReadOnlyList<SplicedSae> Saes)
{
    internal const string FileName = "result.json";
}

/// <summary>What the reconstructions of an SAE do inside its network.</summary>
/// <param name="Configuration">Name of its configuration.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Metrics">The measurement, as <c>husai sae evaluate --model</c> makes it.</param>
internal sealed record SplicedSae(string Configuration, long Seed, NetworkSpliceMetrics Metrics);
