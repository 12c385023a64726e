using Husai.Analysis.Matching;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Analysis.Stability;
using Husai.Analysis.Statistics;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;

namespace Husai.Analysis.Functional;

/// <summary>
/// Whether matched latents of SAEs do the same: how much of what one writes its partner writes too, beside a hard negative (a latent that
/// looks like the partner and fires as often), and whether deleting either changes the logits alike.
/// </summary>
/// <param name="Saes">Names of the SAEs.</param>
/// <param name="Firing">For each the number of latents that fire on the rows; only they are compared.</param>
/// <param name="Rows">Rows of activations behind it.</param>
/// <param name="Matchers">One entry for each matcher.</param>
public sealed record FunctionalAgreement(
    IReadOnlyList<string> Saes, IReadOnlyList<int> Firing, int Rows, IReadOnlyList<MatcherAgreement> Matchers)
{
    // Of large SAEs: the nearest latents, and hard negatives in either direction.
    private const int BlockedProducts = 3;

    /// <summary>Floating-point operations, at most: fewer where few latents fire at once.</summary>
    /// <param name="latents">Latents of each SAE.</param>
    /// <param name="rows">Rows of activations.</param>
    /// <param name="width">Width of the activations.</param>
    public static double Flops(IReadOnlyList<int> latents, int rows, int width)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var pairs = latents.SelectMany((first, index) => latents.Skip(index + 1).Select(second => (double)first * second)).Sum();
        return 2 * pairs * (IsWhole(latents) ? rows : BlockedProducts * width);
    }

    /// <summary>
    /// Most memory taken at once, in bytes: the SAEs, their decoders once more, the rows, and four matrices of the latents of two SAEs, or
    /// of large ones two copies of a decoder.
    /// </summary>
    /// <param name="latents">Latents of each SAE.</param>
    /// <param name="rows">Rows of activations.</param>
    /// <param name="width">Width of the activations.</param>
    public static double Bytes(IReadOnlyList<int> latents, int rows, int width)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var largest = latents.OrderDescending().Take(2).Aggregate(1.0, (product, count) => product * count);
        var matrices = IsWhole(latents) ? 16 * largest : 8.0 * width * latents.Max();
        var codes = 12.0 * FiringLatents.RowsOfChunk(latents.Max()) * latents.Max();
        return (12.0 * width * latents.Sum()) + matrices + (4.0 * rows * width) + codes;
    }

    private static bool IsWhole(IReadOnlyList<int> latents) => latents.Max() <= FunctionOptions.MostWholeLatents;

    /// <summary>Compares functions.</summary>
    /// <param name="saes">At least two, with the names that messages call them by.</param>
    /// <param name="rows">The activations; a sample of at most <see cref="FunctionOptions.MostRows"/> is used.</param>
    /// <param name="readOut">What reads the site alone and linearly, <c>[width, answers]</c>; null where nothing does: then no effects on
    /// logits are measured.</param>
    /// <param name="options">How.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentException">An SAE reads another width, none of its latents fires, or more fire than a matcher that is asked
    /// for can pair.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static FunctionalAgreement Of(
        IReadOnlyList<(string Name, Sae Sae)> saes, ActivationRows rows, Matrix? readOut = null, FunctionOptions? options = null,
        Workers? workers = null, Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(saes);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new FunctionOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FiringRateFactor, 1);
        if (options.Matchers is { } asked && (asked.Count == 0 || asked.Distinct().Count() < asked.Count))
        {
            throw new ArgumentException("matchers are named once each, at least one", nameof(options));
        }

        if (saes.Count < 2)
        {
            throw new ArgumentException("functions are compared between at least two SAEs", nameof(saes));
        }

        foreach (var (name, sae) in saes)
        {
            rows.RequireWidth(name, sae.Width);
        }

        var crew = (workers ?? Workers.Alone).Until(cancellation);
        var sample = rows.Sample(options.MostRows, options.Seed);
        var latents = new List<FiringLatents>();
        foreach (var (name, sae) in saes)
        {
            latents.Add(FiringLatents.Of(name, sae, sample, crew, cancellation));
            progress?.Invoke(new StageProgress("activations of the SAEs", latents.Count, saes.Count));
        }

        var matchers = MatchersFor(latents, options);
        var effects = readOut is null ? null : EffectsOf(latents, readOut, crew);
        var pairs = PairFunctions(latents, effects, matchers, options, crew, progress, cancellation);
        return new FunctionalAgreement(
            [.. saes.Select(sae => sae.Name)], [.. latents.Select(each => each.Count)], sample.Rows,
            [.. matchers.Zip(
                pairs, (matcher, each) => new PooledFunctions(each, saes.Count, options.Confidence).Of(matcher, effects is not null))]);
    }

    /// <summary>What a unit of each latent adds to the logits, centred over the answers, <c>[latents, answers]</c>.</summary>
    internal static IReadOnlyList<Matrix> EffectsOf(IReadOnlyList<FiringLatents> latents, Matrix readOut, Workers workers)
    {
        var centred = Centred(readOut);
        return [.. latents.Select(each =>
        {
            var effects = new Matrix(each.Count, centred.Columns);
            MatrixProduct.Multiply(effects, each.Decoder, centred, workers: workers);
            return effects;
        })];
    }

    private static Matrix Centred(Matrix readOut)
    {
        var centred = readOut.Clone();
        for (var row = 0; row < centred.Rows; row++)
        {
            var values = centred.Row(row);
            var mean = (float)(Numerics.Kernels.Reductions.Sum(values) / values.Length);
            for (var column = 0; column < values.Length; column++)
            {
                values[column] -= mean;
            }
        }

        return centred;
    }

    // All ways of pairing, or those that are asked for; of large SAEs some cannot be had.
    private static IReadOnlyList<FunctionMatcher> MatchersFor(List<FiringLatents> latents, FunctionOptions options)
    {
        var largest = latents.MaxBy(each => each.Count)!;
        if (largest.Count <= options.MostWhole)
        {
            return options.Matchers ?? Enum.GetValues<FunctionMatcher>();
        }

        foreach (var matcher in options.Matchers ?? [])
        {
            if (!BlockedPairing.Possible.Contains(matcher))
            {
                throw new ArgumentException(
                    $"{largest.Name}: {largest.Count} latents fire, and {matcher.InWords()} pairs at most {options.MostWhole}; of more "
                    + $"there are {string.Join(", ", BlockedPairing.Possible.Select(possible => possible.InWords()))}", nameof(options));
            }
        }

        return options.Matchers ?? BlockedPairing.Usual;
    }

    // For each matcher, for each pair (i < j), the latents of i with partners in j, and those of j with partners in i.
    private static Dictionary<(int, int), (MatchedLatent[] Forth, MatchedLatent[] Back)>[] PairFunctions(
        List<FiringLatents> latents, IReadOnlyList<Matrix>? effects, IReadOnlyList<FunctionMatcher> matchers, FunctionOptions options,
        Workers workers, Action<StageProgress>? progress, CancellationToken cancellation)
    {
        var result = matchers.Select(_ => new Dictionary<(int, int), (MatchedLatent[], MatchedLatent[])>()).ToArray();

        // Of each pair: a pairing, each match, and what looks like it in either direction.
        var (rows, parts) = (latents[0].Rows.Rows, matchers.Count + 3);
        var (pair, pairs) = (0, latents.Count * (latents.Count - 1) / 2);
        for (var i = 0; i < latents.Count; i++)
        {
            for (var j = i + 1; j < latents.Count; j++)
            {
                var pairing = PairingOf(latents[i], latents[j]);
                var matches = pairing.Find(matchers, workers, found => Report(1 + found), cancellation);
                var forth = Compare(pairing, matches, effects is null ? null : (effects[i], effects[j]), back: false);
                var back = Compare(pairing, matches, effects is null ? null : (effects[j], effects[i]), back: true);
                for (var matcher = 0; matcher < result.Length; matcher++)
                {
                    result[matcher][(i, j)] = (forth[matcher], back[matcher]);
                }

                pair++;
            }
        }

        Report(0);
        return result;

        LatentPairing PairingOf(FiringLatents first, FiringLatents second)
        {
            Report(0);
            if (latents.Max(each => each.Count) > options.MostWhole)
            {
                return new BlockedPairing(
                    first, second, first.SparseCodes(workers, cancellation), second.SparseCodes(workers, cancellation));
            }

            var done = 0;
            var products = first.ProductsWith(
                second, workers, count =>
                {
                    done += count;
                    Report(done / (double)rows);
                },
                cancellation);
            return new WholePairing(first, second, products, workers);
        }

        IReadOnlyList<MatchedLatent[]> Compare(
            LatentPairing pairing, IReadOnlyList<Match> matches, (Matrix First, Matrix Second)? written, bool back)
        {
            var before = matchers.Count + (back ? 2 : 1);
            var negatives = pairing.HardNegatives(
                matches, options.FiringRateFactor, back, workers, share => Report(before + share), cancellation);
            var functions = back ? pairing.Pair.Transpose() : pairing.Pair;
            return [.. matches.Select((match, index) =>
                FunctionComparison.Of(functions, back ? match.Transpose() : match, negatives[index], written))];
        }

        void Report(double part) => progress?.Invoke(new StageProgress(
            "functions of matched latents", (long)(((pair * parts) + part) * rows), (long)pairs * parts * rows));
    }
}
