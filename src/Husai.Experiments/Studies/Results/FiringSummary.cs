namespace Husai.Experiments.Studies.Results;

/// <summary>How often latents fire.</summary>
/// <param name="BinEdges">Edges of the bins in log10 of the firing frequency, ascending; one more than there are bins.</param>
/// <param name="Counts">Latents in each bin.</param>
/// <param name="Dead">Latents that never fired.</param>
/// <param name="DeadThreshold">A latent that fires on a smaller share of the rows is dead.</param>
public sealed record FiringSummary(IReadOnlyList<double> BinEdges, IReadOnlyList<int> Counts, int Dead, double DeadThreshold);
