using Husai.Analysis.Matching;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Functional;

/// <summary>Two SAEs whose latents are to be paired, and compared with what only looks like their partners.</summary>
internal abstract class LatentPairing(FunctionPair pair)
{
    /// <summary>Their functions.</summary>
    public FunctionPair Pair => pair;

    /// <summary>Pairs them as each matcher does.</summary>
    /// <param name="matchers">How.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="progress">Told how many matches are found, and what share of the next.</param>
    /// <param name="cancellation">Ends it early.</param>
    public abstract IReadOnlyList<Match> Find(
        IReadOnlyList<FunctionMatcher> matchers, Workers workers, Action<double> progress, CancellationToken cancellation);

    /// <summary>For each latent with a partner one that looks like it, as <see cref="HardNegativeSearch"/> finds it.</summary>
    /// <param name="matches">What <see cref="Find"/> found.</param>
    /// <param name="factor">Largest factor between the firing rates of a partner and of its hard negative, at least 1.</param>
    /// <param name="back">Whether for the latents of the second SAE, whose partners are in the first.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>For each match one index for each latent, -1 where there is none.</returns>
    public IReadOnlyList<int[]> HardNegatives(
        IReadOnlyList<Match> matches, double factor, bool back, Workers workers, Action<double> progress,
        CancellationToken cancellation)
    {
        var (rows, columns) = back ? (pair.Second, pair.First) : (pair.First, pair.Second);
        return new HardNegativeSearch(rows.Decoder, columns.Decoder, columns.FiringRate, factor, workers.Until(cancellation))
            .Of([.. matches.Select(match => back ? match.PartnerOfColumn : match.PartnerOfRow)], progress);
    }
}
