using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Plan;

namespace Husai.Experiments.Tests.Studies;

public sealed class DerivedSitesTests
{
    [Fact]
    public void A_site_is_derived_once_while_there_is_memory_for_it()
    {
        var sites = new DerivedSites();
        var (first, second) = (Activations("a", sites), Activations("b", sites));
        var derived = sites.Of(first);
        Assert.NotSame(derived, sites.Of(second));
        Assert.Same(derived, sites.Of(first));
    }

    [Fact]
    public void Of_too_many_sites_the_ones_asked_for_last_are_kept()
    {
        var one = Activations("a", new DerivedSites());
        var sites = new DerivedSites(mostBytes: 2 * DerivedSites.Bytes(one));
        var (second, third) = (Activations("b", sites), Activations("c", sites));
        var (first, other) = (sites.Of(one), sites.Of(second));
        Assert.Same(first, sites.Of(one));
        sites.Of(third);
        Assert.Same(first, sites.Of(one));
        Assert.NotSame(other, sites.Of(second));
    }

    [Fact]
    public void One_site_is_kept_however_large_it_is()
    {
        var sites = new DerivedSites(mostBytes: 1);
        var activations = Activations("a", sites);
        Assert.Same(sites.Of(activations), sites.Of(activations));
    }

    [Fact]
    public void A_failure_is_not_kept()
    {
        var part = new DerivedPart<string>();
        Assert.Throws<OperationCanceledException>(() => part.Get(() => throw new OperationCanceledException()));
        Assert.Equal("value", part.Get(() => "value"));
        Assert.Equal("value", part.Get(() => throw new InvalidOperationException()));
    }

    [Fact]
    public void Many_threads_derive_a_part_once()
    {
        var (part, derivations) = (new DerivedPart<object>(), 0);
        using var start = new Barrier(4);
        var found = new object[4];
        var threads = Enumerable.Range(0, 4).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            found[index] = part.Get(() =>
            {
                Interlocked.Increment(ref derivations);
                return new object();
            });
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(1, derivations);
        Assert.All(found, value => Assert.Same(found[0], value));
    }

    private static ActivationsJob Activations(string transformer, DerivedSites sites) => new(
        new TrainedTransformerJob(new StudyTransformer { Name = transformer }, 0, new StudyTracking([], "study", _ => { })),
        new StudySite { Layer = 0 }, new StudyAnalyses(), sites);
}
