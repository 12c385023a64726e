namespace Husai.Experiments.Trackers;

/// <summary>Ends trackers as the work that they followed ended.</summary>
internal static class TrackedWork
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public static T Run<T>(IReadOnlyList<ITracker> trackers, Func<T> work, Action<T> summarise)
    {
        try
        {
            var result = work();
            Summarise(trackers, () => summarise(result));
            Finish(trackers, 0);
            return result;
        }
        catch (OperationCanceledException)
        {
            Tell(trackers, "interrupted");
            Finish(trackers, Interrupted);
            throw;
        }
        catch (Exception error)
        {
            Tell(trackers, $"failed: {error.Message.ReplaceLineEndings(" ")}");
            Finish(trackers, Failed);
            throw;
        }
    }

    // What is counted for trackers alone must not take the result from whoever waits for it.
    private static void Summarise(IReadOnlyList<ITracker> trackers, Action summarise)
    {
        try
        {
            summarise();
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Tell(trackers, $"the summary failed: {error.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static void Tell(IReadOnlyList<ITracker> trackers, string line)
    {
        foreach (var tracker in trackers)
        {
            tracker.LogOutput(line, isError: true);
        }
    }

    private static void Finish(IReadOnlyList<ITracker> trackers, int exitCode)
    {
        foreach (var tracker in trackers)
        {
            tracker.Finish(exitCode);
            tracker.Dispose();
        }
    }
}
