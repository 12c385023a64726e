using Husai.Explorer.Saes;
using Husai.Numerics.Parallelism;

namespace Husai.Explorer.Tests;

public sealed class PairCacheTests : IDisposable
{
    private readonly StudyOfSaes _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Correlations_are_those_of_the_activations_that_are_there_now()
    {
        var (first, second) = (_study.AddSae(0), _study.AddSae(1));
        var (saes, workers) = (new SaeCache(), new SharedWorkers(Workers.Alone));
        var pairs = new PairCache(saes, new FiringCache(_study.Tree, saes, workers), workers);
        ComparedPair Find() => pairs.Find(first, second, Timeout.InfiniteTimeSpan)!;
        var before = Find();
        Assert.Equal(300, before.Rows);

        File.WriteAllText(_study.Activations, "half a fi");
        var damaged = Find();
        Assert.Null(damaged.Correlations);
        Assert.Equal(before.Similarity.Value, damaged.Similarity.Value);

        _study.WriteActivations(200);
        Assert.Equal(200, Find().Rows);
    }
}
