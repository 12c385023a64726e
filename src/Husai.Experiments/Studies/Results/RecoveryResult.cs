using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;

namespace Husai.Experiments.Studies.Results;

/// <summary>How far the SAEs of a configuration recover the known circuit.</summary>
/// <param name="Seeds">Each seed.</param>
/// <param name="Verdict">Whether the seeds together recover it; null without seeds.</param>
internal sealed record RecoveryResult(IReadOnlyList<SeedRecovery> Seeds, CircuitVerdict? Verdict)
{
    internal const string FileName = "result.json";
}

/// <summary>Recovery by one SAE.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Report">Its directions and functions against the circuit, with their nulls.</param>
/// <param name="Splice">What becomes of the transformer with reconstructions in place of activations.</param>
internal sealed record SeedRecovery(long Seed, RecoveryReport Report, SpliceResult? Splice);

/// <summary>The circuit at a site, and how bases that were not trained score against it.</summary>
/// <param name="Planes">The planes of the circuit, largest first.</param>
/// <param name="AnswerShare">Share of the variance that the answer alone explains.</param>
/// <param name="Neurons">The neurons of the layer as directions at the site; null before the MLP.</param>
/// <param name="PrincipalComponents">As many leading principal components as the planes have dimensions.</param>
internal sealed record BaselineResult(
    IReadOnlyList<PlaneResult> Planes, double AnswerShare, RecoveryReport? Neurons, RecoveryReport PrincipalComponents)
{
    internal const string FileName = "result.json";
}

/// <summary>A plane of the circuit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Frequency">Its frequency.</param>
/// <param name="VarianceShare">Its share of the activations' variance.</param>
internal sealed record PlaneResult(string Name, int Frequency, double VarianceShare);
