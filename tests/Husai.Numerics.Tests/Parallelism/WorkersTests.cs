using Husai.Numerics.Parallelism;

namespace Husai.Numerics.Tests.Parallelism;

public class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_block_runs_once(int threads)
    {
        using var workers = new Workers(threads);
        for (var round = 0; round < 300; round++)
        {
            var counts = new int[round];
            workers.For(round, (block, worker) =>
            {
                Assert.InRange(worker, 0, threads - 1);
                Interlocked.Increment(ref counts[block]);
            });
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void A_loop_inside_a_block_runs_on_the_same_thread()
    {
        using var workers = new Workers(3);
        var total = 0;
        workers.For(10, (_, _) =>
        {
            var thread = Environment.CurrentManagedThreadId;
            workers.For(10, (_, _) =>
            {
                Assert.Equal(thread, Environment.CurrentManagedThreadId);
                Interlocked.Increment(ref total);
            });
        });
        Assert.Equal(100, total);
    }

    [Fact]
    public void Callers_on_different_threads_queue()
    {
        using var workers = new Workers(2);
        var total = 0;
        var callers = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            for (var round = 0; round < 50; round++)
            {
                workers.For(7, (_, _) => Interlocked.Increment(ref total));
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        Assert.Equal(4 * 50 * 7, total);
    }

    [Fact]
    public void An_exception_reaches_the_caller_and_the_crew_goes_on()
    {
        using var workers = new Workers(2);
        Assert.Throws<InvalidTimeZoneException>(() => workers.For(20, (block, _) =>
        {
            if (block == 13)
            {
                throw new InvalidTimeZoneException();
            }
        }));
        var total = 0;
        workers.For(20, (_, _) => Interlocked.Increment(ref total));
        Assert.Equal(20, total);
    }

    [Fact]
    public void A_dismissed_crew_refuses_work()
    {
        var workers = new Workers(2);
        workers.Dispose();
        workers.Dispose();
        Assert.Throws<ObjectDisposedException>(() => workers.For(2, (_, _) => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_view_begins_no_block_after_its_token_is_set(int threads)
    {
        using var workers = new Workers(threads);
        using var cancellation = new CancellationTokenSource();
        var view = workers.Until(cancellation.Token);
        var begun = 0;

        Assert.Throws<OperationCanceledException>(() => view.For(1000, (_, _) =>
        {
            // Whoever begins a block between the tenth and its cancellation waits there, so that it begins no second one.
            switch (Interlocked.Increment(ref begun))
            {
                case 10:
                    cancellation.Cancel();
                    break;
                case > 10:
                    cancellation.Token.WaitHandle.WaitOne();
                    break;
            }
        }));

        Assert.InRange(begun, 10, 9 + threads);
        Assert.Throws<OperationCanceledException>(() => view.For(1, (_, _) => Assert.Fail("a block began")));
        Assert.Equal(threads, view.Threads);
    }

    [Fact]
    public void The_crew_of_a_view_works_on()
    {
        using var workers = new Workers(2);
        using (var view = workers.Until(new CancellationToken(canceled: true)))
        {
            Assert.Throws<OperationCanceledException>(() => view.For(8, (_, _) => { }));
        }

        var total = 0;
        workers.For(8, (block, _) => Interlocked.Add(ref total, block));
        Assert.Equal(28, total);
        Assert.Same(workers, workers.Until(CancellationToken.None));
    }
}
