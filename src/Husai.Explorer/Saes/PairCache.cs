using Husai.Analysis.Similarity;

namespace Husai.Explorer.Saes;

/// <summary>The best matches of the pairs looked at last. A pair takes its time on large SAEs, and is not waited for.</summary>
internal sealed class PairCache(SaeCache saes, SharedWorkers workers)
{
    private const int BytesOfLatent = 32;
    private const long MostBytes = 16L << 20;

    private readonly RecentValues<(FileStamp First, FileStamp Second), Task<PairSimilarity>> _pairs =
        new(MostBytes, task => task.IsCompletedSuccessfully ? BytesOfLatent * (long)task.Result.Match.PartnerOfRow.Length : 0);

    /// <summary>Each latent's best match by signed cosine, in both directions; null while that is being computed.</summary>
    /// <param name="first">Folder of an SAE.</param>
    /// <param name="second">Folder of another.</param>
    /// <param name="patience">How long it is waited for.</param>
    public PairSimilarity? Find(string first, string second, TimeSpan patience)
    {
        var key = (FileStamp.OfWeights(first), FileStamp.OfWeights(second));
        var task = _pairs.Get(key, () => Task.Run(() => workers.Use(threads => DictionarySimilarity.Between(
            saes.Read(first).Dictionary, saes.Read(second).Dictionary,
            new SimilarityOptions { Cosine = CosineMeasure.Signed, Matcher = Matcher.Maximum }, threads))));
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne(patience);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : null;
    }
}
