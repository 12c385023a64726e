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

    /// <summary>
    /// For each latent with a partner, the other latent with the highest signed decoder cosine whose firing rate is within a factor of the
    /// partner's; -1 where there is none.
    /// </summary>
    /// <param name="matches">What <see cref="Find"/> found.</param>
    /// <param name="factor">At least 1.</param>
    /// <param name="back">Whether for the latents of the second SAE, whose partners are in the first.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>For each match one index for each latent.</returns>
    public abstract IReadOnlyList<int[]> HardNegatives(
        IReadOnlyList<Match> matches, double factor, bool back, Workers workers, Action<double> progress,
        CancellationToken cancellation);
}
