using System.Runtime.ExceptionServices;

namespace Husai.Numerics.Parallelism;

/// <summary>
/// A fixed crew of threads that runs numbered blocks of work. Which thread runs a block is a race; what a block
/// computes may depend only on its number, never on the thread or on how many there are, so results do not
/// depend on the size of the crew.
/// </summary>
/// <remarks>
/// Each thread begins with a share of its own, the same whenever there are as many blocks, so that what a block left in its cache is still
/// there the next time; then it helps the others with theirs.
/// One <see cref="For"/> runs at a time; concurrent callers queue. A <see cref="For"/> called from inside a block
/// runs on the calling thread.
/// A view made by <see cref="Until"/> shares the threads and begins no further block once its token is set: whatever computes with the view
/// can be stopped between any two blocks.
/// </remarks>
public sealed class Workers : IDisposable
{
    // One to two milliseconds: a scheduler that wakes a sleeping thread on the processor of its waker leaves two threads to share it for as
    // long as a product takes, while one that spins has a processor of its own. Spinning yields to any other thread that can run.
    private const int SpinsBeforeSleep = 4000;

    // Integers from one thread's counter to the next: two lines of cache.
    private const int Spacing = 32;

    // The most that the event allows.
    private const int SpinsOfCaller = 2047;

    [ThreadStatic]
    private static bool _insideBlock;

    // Of a view: whose threads it uses.
    private readonly Workers? _crew;
    private readonly Lock _entry = new();
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _wakeUps;
    private readonly int[] _next;
    private readonly ManualResetEventSlim _finished = new(false, SpinsOfCaller);
    private Action<int, int>? _body;
    private int _blocks;
    private int _running;
    private volatile bool _disposed;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a crew.</summary>
    /// <param name="threads">Threads that take part, the calling one included; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public Workers(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        _threads = new Thread[threads - 1];
        _wakeUps = new SemaphoreSlim[threads - 1];
        _next = new int[threads * Spacing];
        for (var index = 0; index < _threads.Length; index++)
        {
            var worker = index + 1;
            _wakeUps[index] = new SemaphoreSlim(0);
            _threads[index] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"husai worker {worker}" };
            _threads[index].Start();
        }
    }

    private Workers(Workers crew, CancellationToken cancellation)
    {
        (_crew, Cancellation) = (crew, cancellation);
        (_threads, _wakeUps, _next) = (crew._threads, [], []);
    }

    /// <summary>A crew of the calling thread alone.</summary>
    public static Workers Alone { get; } = new(1);

    /// <summary>Number of threads, the calling one included.</summary>
    public int Threads => _threads.Length + 1;

    /// <summary>
    /// Stops what computes with these workers, for loops of its own between two <see cref="For"/>; never set but in a view.
    /// </summary>
    public CancellationToken Cancellation { get; }

    /// <summary>
    /// A view of the same threads whose <see cref="For"/> throws once <paramref name="cancellation"/> is set, within the time that one
    /// block takes. Work that must come to the end of a step, as a training must before it saves, takes the crew itself.
    /// </summary>
    public Workers Until(CancellationToken cancellation) => cancellation.CanBeCanceled ? new Workers(this, cancellation) : this;

    /// <summary>
    /// Runs <paramref name="body"/> once for each block number in [0, <paramref name="blocks"/>) and returns when all are done.
    /// </summary>
    /// <param name="blocks">Number of blocks; derive it from the problem's size, never from <see cref="Threads"/>.</param>
    /// <param name="body">Receives the block number and the number of the thread in [0, <see cref="Threads"/>), for scratch memory.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blocks"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The crew has been dismissed.</exception>
    /// <exception cref="OperationCanceledException">The token of a view is set; some blocks have not run.</exception>
    public void For(int blocks, Action<int, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfNegative(blocks);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_crew is not null)
        {
            _crew.For(blocks, (block, worker) =>
            {
                Cancellation.ThrowIfCancellationRequested();
                body(block, worker);
            });
            return;
        }

        if (_threads.Length == 0 || blocks <= 1 || _insideBlock)
        {
            for (var block = 0; block < blocks; block++)
            {
                body(block, 0);
            }

            return;
        }

        lock (_entry)
        {
            Share(blocks, body);
        }
    }

    /// <summary>Ends the threads, unless this is a view. Work under way is finished first.</summary>
    public void Dispose()
    {
        if (_crew is not null)
        {
            return;
        }

        lock (_entry)
        {
            if (_disposed || _threads.Length == 0)
            {
                return;
            }

            _disposed = true;
        }

        foreach (var wakeUp in _wakeUps)
        {
            wakeUp.Release();
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private void Share(int blocks, Action<int, int> body)
    {
        _body = body;
        _blocks = blocks;
        for (var worker = 0; worker < Threads; worker++)
        {
            _next[worker * Spacing] = ShareStart(worker);
        }

        _failure = null;
        var helpers = Math.Min(_threads.Length, blocks - 1);
        _running = helpers;
        _finished.Reset();
        for (var index = 0; index < helpers; index++)
        {
            _wakeUps[index].Release();
        }

        TakeBlocks(worker: 0);
        _finished.Wait();
        _body = null;
        _failure?.Throw();
    }

    private void Serve(int worker)
    {
        var wakeUp = _wakeUps[worker - 1];
        while (true)
        {
            // A step of training comes a few microseconds after the last: spin shortly before sleeping.
            var spinner = default(SpinWait);
            while (wakeUp.CurrentCount == 0 && spinner.Count < SpinsBeforeSleep)
            {
                spinner.SpinOnce(sleep1Threshold: -1);
            }

            wakeUp.Wait();
            if (_disposed)
            {
                return;
            }

            TakeBlocks(worker);
            if (Interlocked.Decrement(ref _running) == 0)
            {
                _finished.Set();
            }
        }
    }

    private void TakeBlocks(int worker)
    {
        var body = _body!;
        _insideBlock = true;
        try
        {
            for (var turn = 0; turn < Threads; turn++)
            {
                TakeShare((worker + turn) % Threads, worker, body);
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            for (var share = 0; share < Threads; share++)
            {
                Interlocked.Exchange(ref _next[share * Spacing], _blocks);
            }
        }
        finally
        {
            _insideBlock = false;
        }
    }

    private void TakeShare(int share, int worker, Action<int, int> body)
    {
        var end = ShareStart(share + 1);
        int block;
        while ((block = Interlocked.Increment(ref _next[share * Spacing]) - 1) < end)
        {
            body(block, worker);
        }
    }

    private int ShareStart(int worker) => (int)((long)_blocks * worker / Threads);
}
