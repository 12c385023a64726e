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
    /// <summary>Floating-point operations of the products of activations, at most: fewer where few latents fire at once.</summary>
    /// <param name="latents">Latents of each SAE.</param>
    /// <param name="rows">Rows of activations.</param>
    public static double Flops(IReadOnlyList<int> latents, int rows)
    {
        ArgumentNullException.ThrowIfNull(latents);
        return 2.0 * rows * latents.SelectMany((first, index) => latents.Skip(index + 1).Select(second => (double)first * second)).Sum();
    }

    /// <summary>Most memory taken at once, in bytes: four matrices of the latents of two SAEs, and the rows.</summary>
    /// <param name="latents">Latents of each SAE.</param>
    /// <param name="rows">Rows of activations.</param>
    /// <param name="width">Width of the activations.</param>
    public static double Bytes(IReadOnlyList<int> latents, int rows, int width)
    {
        ArgumentNullException.ThrowIfNull(latents);
        var largest = latents.OrderDescending().Take(2).Aggregate(1.0, (product, count) => product * count);
        return (16 * largest) + (4.0 * rows * width) + (12.0 * FiringLatents.ChunkRows * latents.Max());
    }

    /// <summary>Compares functions.</summary>
    /// <param name="saes">At least two, with the names that messages call them by.</param>
    /// <param name="rows">The activations; a sample of at most <see cref="FunctionOptions.MostRows"/> is used.</param>
    /// <param name="readOut">What reads the site alone and linearly, <c>[width, answers]</c>; null where nothing does: then no effects on
    /// logits are measured.</param>
    /// <param name="options">How.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentException">An SAE reads another width, none of its latents fires, or more fire than can be
    /// matched.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static FunctionalAgreement Of(
        IReadOnlyList<(string Name, Sae Sae)> saes, ActivationRows rows, Matrix? readOut = null, FunctionOptions? options = null,
        Workers? workers = null, Action<StageProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(saes);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new FunctionOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.FiringRateFactor, 1);
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
            RequireMatchable(latents[^1]);
            progress?.Invoke(new StageProgress("activations of the SAEs", latents.Count, saes.Count));
        }

        var effects = readOut is null ? null : EffectsOf(latents, readOut, crew);
        var pairs = PairFunctions(latents, effects, options, crew, progress, cancellation);
        return new FunctionalAgreement(
            [.. saes.Select(sae => sae.Name)], [.. latents.Select(each => each.Count)], sample.Rows,
            [.. Enum.GetValues<FunctionMatcher>().Select(
                matcher => new PooledFunctions(pairs[(int)matcher], saes.Count, options.Confidence).Of(matcher, effects is not null))]);
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

    private static void RequireMatchable(FiringLatents latents)
    {
        if (latents.Count > HungarianMatcher.LargestMatrixSide)
        {
            throw new ArgumentException(
                $"{latents.Name}: {latents.Count} latents fire; functions of at most {HungarianMatcher.LargestMatrixSide} are compared");
        }
    }

    // For each matcher, for each pair (i < j), the latents of i with partners in j, and those of j with partners in i.
    private static Dictionary<(int, int), (MatchedLatent[] Forth, MatchedLatent[] Back)>[] PairFunctions(
        List<FiringLatents> latents, IReadOnlyList<Matrix>? effects, FunctionOptions options, Workers workers,
        Action<StageProgress>? progress, CancellationToken cancellation)
    {
        var matchers = Enum.GetValues<FunctionMatcher>();
        var result = Array.ConvertAll(matchers, _ => new Dictionary<(int, int), (MatchedLatent[], MatchedLatent[])>());
        long done = 0, total = latents.Count * (latents.Count - 1) / 2L * (latents[0].Rows.Rows + matchers.Length);
        for (var i = 0; i < latents.Count; i++)
        {
            for (var j = i + 1; j < latents.Count; j++)
            {
                var pair = new FunctionPair(
                    latents[i], latents[j], latents[i].ProductsWith(latents[j], workers, Advance, cancellation));
                var back = pair.Transpose();
                var cosines = CosineMatrix.Of(latents[i].Decoder, latents[j].Decoder, CosineMeasure.Signed, workers);
                var cosinesBack = cosines.Transpose();
                var correlations = pair.Correlations();
                foreach (var matcher in matchers)
                {
                    var match = FunctionMatches.Find(matcher, cosines, correlations, workers, cancellation);
                    result[(int)matcher][(i, j)] = (
                        FunctionComparison.Of(
                            pair, cosines, match, options.FiringRateFactor, effects is null ? null : (effects[i], effects[j])),
                        FunctionComparison.Of(
                            back, cosinesBack, match.Transpose(), options.FiringRateFactor,
                            effects is null ? null : (effects[j], effects[i])));
                    Advance(1);
                }
            }
        }

        return result;

        void Advance(int steps)
        {
            done += steps;
            progress?.Invoke(new StageProgress("functions of matched latents", done, total));
        }
    }
}
