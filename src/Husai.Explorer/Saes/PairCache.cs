using Husai.Analysis.Similarity;

namespace Husai.Explorer.Saes;

/// <summary>The best matches of the pairs looked at last. A pair takes its time on large SAEs, and is not waited for.</summary>
internal sealed class PairCache(SaeCache saes, FiringCache firing, SharedWorkers workers)
{
    private const int BytesOfLatent = 48;
    private const long MostBytes = 16L << 20;

    private readonly AwaitedValues<(FileStamp First, FileStamp Second, FileStamp? Activations), ComparedPair> _pairs =
        new(MostBytes, pair => BytesOfLatent * (long)pair.Similarity.Match.PartnerOfRow.Length);

    /// <summary>Each latent's best match by signed cosine, in both directions; null while that is being computed.</summary>
    /// <param name="first">Folder of an SAE.</param>
    /// <param name="second">Folder of another.</param>
    /// <param name="patience">How long it is waited for.</param>
    public ComparedPair? Find(string first, string second, TimeSpan patience) => _pairs.Get(
        (FileStamp.OfWeights(first), FileStamp.OfWeights(second), firing.StampFor(first)), () => Compare(first, second), patience);

    private ComparedPair Compare(string first, string second)
    {
        var similarity = workers.Use(threads => DictionarySimilarity.Between(
            saes.Read(first).Dictionary, saes.Read(second).Dictionary,
            new SimilarityOptions { Cosine = CosineMeasure.Signed, Matcher = Matcher.Maximum }, threads));

        try
        {
            // Takes the threads itself.
            if (firing.OnSameRows(first, second) is var (one, other))
            {
                var correlations = similarity.Match.PartnerOfRow.Select((partner, row) =>
                    one.Correlation(similarity.First.Latents[row], other, similarity.Second.Latents[partner]));
                return new ComparedPair(similarity, [.. correlations], one.Rows);
            }
        }
        catch (Exception error) when (error is IOException or ArgumentException)
        {
            // Activations that are damaged, gone since, or another SAE's: the cosines are right without them.
        }

        return new ComparedPair(similarity, null, 0);
    }
}
