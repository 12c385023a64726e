using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Analysis.Statistics;
using Husai.Autoencoders.Model;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Stability;

/// <summary>
/// How far SAEs agree in what their latents do: the correlation of activations over the same rows (Bricken et al. 2023), in place of the
/// cosine of directions. Chance is the same of SAEs whose encoders are turned within the activations' principal directions, each by a
/// rotation of its own: every pre-activation keeps its mean and its variance.
/// </summary>
/// <param name="Name">The similarity in full; cosines are of centred activations.</param>
/// <param name="Rows">Rows of activations behind it.</param>
/// <param name="Matrix">Similarity of every two, 1 on the diagonal.</param>
/// <param name="Interval">Mean over the pairs, with its jackknife interval over seeds; without ends for two SAEs.</param>
/// <param name="Turned">The mean with encoders turned.</param>
/// <param name="KappaTurned">(mean - turned) / (1 - turned), pair by pair, with its jackknife interval.</param>
/// <param name="Untrained">The mean of the same SAEs before training; null where their first states were not kept.</param>
public sealed record ActivationAgreement(
    string Name, int Rows, double[][] Matrix, Interval Interval, ChanceLevel Turned, Interval KappaTurned, double? Untrained)
{
    /// <summary>Work above which it is left out unless it is asked for: about a minute on two cores.</summary>
    public const double UsualFlops = 4e12;

    private const int MostRows = 4096;
    private const int FewestRows = 512;

    // Each draw runs every SAE again.
    private const int MostDraws = 100;

    // 1 GiB for the maps of all SAEs and of all turned ones.
    private const double MostValues = 1 << 28;

    /// <summary>Mean over the pairs.</summary>
    public double Mean => Interval.Mean;

    /// <summary>About how many floating-point operations it takes.</summary>
    /// <param name="latents">Latents of each SAE.</param>
    /// <param name="rows">Rows of activations that there are.</param>
    /// <param name="options">The similarity and the number of draws.</param>
    public static double Flops(IReadOnlyList<int> latents, int rows, StabilityOptions options)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(options);
        var perCosine = 2.0 * RowsFor(latents, rows) + (
            options.Similarity.Matcher is Matcher.Hungarian or Matcher.Greedy ? 8.0 * latents.Max() : 0);
        var cosines = latents.SelectMany((first, index) => latents.Skip(index + 1).Select(second => (double)first * second)).Sum();
        return (2 + ChanceDraws.OfLatents(latents.Min(), latents.Max(), MostDraws)) * cosines * perCosine;
    }

    /// <summary>Compares activations.</summary>
    /// <param name="saes">At least two, with the names that messages call them by; latents whose activation is constant are left
    /// out.</param>
    /// <param name="untrained">The same SAEs before training, or none.</param>
    /// <param name="rows">The activations.</param>
    /// <param name="covariance">Their covariance.</param>
    /// <param name="options">Matcher, confidence and the seed of the rotations; the cosine is signed.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ArgumentException">An SAE reads another width, or has only constant latents.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static ActivationAgreement Of(
        IReadOnlyList<(string Name, Sae Sae)> saes, IReadOnlyList<(string Name, Sae Sae)> untrained,
        ActivationRows rows,
        Covariance covariance, StabilityOptions options, Workers? workers = null, Action<StageProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(saes);
        ArgumentNullException.ThrowIfNull(untrained);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(covariance);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var (name, sae) in saes.Concat(untrained))
        {
            rows.RequireWidth(name, sae.Width);
        }

        var similarity = options.Similarity with
        {
            Cosine = CosineMeasure.Signed,
            Weights = MatchedWeights.Decoder,
            Reduction = MatchReduction.Mean,
            IncludeDead = true,
        };
        var sample = rows.Sample(RowsFor([.. saes.Select(sae => sae.Sae.Latents)], rows.Rows), options.ChanceSeed);
        var maps = saes.Select(sae => ActivationMaps.Of(sae.Name, sae.Sae, sample, null, workers)).ToArray();
        var counts = maps.Select(map => map.Dictionary.Latents).ToArray();
        var draws = ChanceDraws.OfLatents(counts.Min(), counts.Max(), MostDraws);
        long pairs = saes.Count * (saes.Count - 1) / 2, done = 0, total = pairs * (1 + draws + (untrained.Count > 0 ? 1 : 0));
        var matrix = Compare([.. maps.Select(map => map.Dictionary)]);
        var untrainedMean = untrained.Count < 2 ? (double?)null : Jackknife.OfPairs(Compare(
            [.. untrained.Select(sae => ActivationMaps.Of(sae.Name, sae.Sae, sample, null, workers).Dictionary)])).Mean;
        var axes = PrincipalAxes.Of(covariance, workers);
        var studies = new double[draws];
        var levels = saes.Select(_ => new double[saes.Count]).ToArray();
        for (var draw = 0; draw < draws; draw++)
        {
            var turned = Compare([.. saes.Select((sae, index) => ActivationMaps.Of(
                sae.Name,
                Turn(
                    sae.Sae, axes, covariance,
                    new RandomStream(options.ChanceSeed, "chance.turned.encoder", (uint)(draw * saes.Count + index)), workers),
                sample, maps[index].Latents, workers).Dictionary)]);
            studies[draw] = Jackknife.OfPairs(turned).Mean;
            for (var i = 0; i < saes.Count; i++)
            {
                for (var j = 0; j < saes.Count; j++)
                {
                    levels[i][j] += turned[i][j] / draws;
                }
            }
        }

        return new ActivationAgreement(
            similarity.Name, sample.Rows, matrix, Jackknife.OfPairs(matrix, options.Confidence), ChanceLevel.Of(studies),
            Kappa.IntervalOf(matrix, levels, options.Confidence), untrainedMean);

        double[][] Compare(IReadOnlyList<LatentDictionary> dictionaries)
        {
            var before = done;
            return SimilarityMatrix.Of(dictionaries, similarity, workers, count =>
            {
                done = before + count;
                progress?.Invoke(new StageProgress("activation correlation", done, total));
            }, cancellation);
        }
    }

    private static Sae Turn(
        Sae sae, PrincipalAxes axes, Covariance covariance, RandomStream stream, Workers? workers) =>
        sae.WithEncoderAbout(axes.Draw(stream).Apply(sae.Encoder, workers), covariance.Mean);

    private static int RowsFor(IReadOnlyList<int> latents, int rows) =>
        Math.Min(rows, (int)Math.Clamp(MostValues / (2.0 * latents.Sum(count => (double)count) + latents.Max()), FewestRows, MostRows));
}
