using Husai.Analysis.Similarity;

namespace Husai.Explorer.Saes;

/// <summary>The best matches of the pairs looked at last. A pair takes its time on large SAEs, and is not waited for.</summary>
internal sealed class PairCache(SaeCache saes, FiringCache firing, SharedWorkers workers)
{
    private const int BytesOfLatent = 48;
    private const long MostBytes = 16L << 20;

    private readonly RecentValues<(FileStamp First, FileStamp Second), Task<ComparedPair>> _pairs =
        new(MostBytes, task => task.IsCompletedSuccessfully ? BytesOfLatent * (long)task.Result.Similarity.Match.PartnerOfRow.Length : 0);

    /// <summary>Each latent's best match by signed cosine, in both directions; null while that is being computed.</summary>
    /// <param name="first">Folder of an SAE.</param>
    /// <param name="second">Folder of another.</param>
    /// <param name="patience">How long it is waited for.</param>
    public ComparedPair? Find(string first, string second, TimeSpan patience)
    {
        var key = (FileStamp.OfWeights(first), FileStamp.OfWeights(second));
        var task = _pairs.Get(key, () => Task.Run(() => Compare(first, second)));
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(patience);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : null;
    }

    private ComparedPair Compare(string first, string second)
    {
        var similarity = workers.Use(threads => DictionarySimilarity.Between(
            saes.Read(first).Dictionary, saes.Read(second).Dictionary,
            new SimilarityOptions { Cosine = CosineMeasure.Signed, Matcher = Matcher.Maximum }, threads));

        // Takes the threads itself.
        if (firing.OnSameRows(first, second) is not var (one, other))
        {
            return new ComparedPair(similarity, null, 0);
        }

        var correlations = similarity.Match.PartnerOfRow.Select((partner, row) =>
            one.Correlation(similarity.First.Latents[row], other, similarity.Second.Latents[partner]));
        return new ComparedPair(similarity, [.. correlations], one.Rows);
    }
}
