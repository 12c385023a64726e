using Husai.Formats.Files;
using Husai.Numerics.Randomness;

namespace Husai.Formats.Fuzzing;

/// <summary>Feeds damaged files to a reader and keeps count of what it does with them.</summary>
/// <remarks>Input i of a target depends on the seed, the target's name and i only: a failure can be made again alone.</remarks>
public sealed class Fuzzer(FuzzTarget target, ulong seed)
{
    /// <summary>What a reader may allocate beyond the length of its input.</summary>
    public const long AllowedAllocation = 64L << 20;

    /// <summary>Inputs that were read.</summary>
    public int Accepted { get; private set; }

    /// <summary>Inputs that were refused as they should be.</summary>
    public int Refused { get; private set; }

    /// <summary>The largest allocation for one input, in bytes.</summary>
    public long LargestAllocation { get; private set; }

    /// <summary>What went wrong: an exception of another kind, or an allocation out of proportion.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>The input under way, for a watchdog.</summary>
    public int Current { get; private set; }

    /// <summary>Reads inputs first to first + count - 1.</summary>
    public void Run(int first, int count)
    {
        for (Current = first; Current < first + count; Current++)
        {
            Try(Mutator.Mutate(target.Seeds, new RandomStream(seed, target.Name, (uint)Current)));
        }
    }

    private void Try(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
            Accepted++;
        }
        catch (InvalidFileException)
        {
            Refused++;
        }
        catch (Exception error)
        {
            Fail(input, $"{error.GetType().Name}: {error.Message}\n{error.StackTrace}");
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        LargestAllocation = Math.Max(LargestAllocation, allocated);
        if (allocated > AllowedAllocation + input.Length)
        {
            Fail(input, $"allocated {allocated} bytes");
        }
    }

    private void Fail(byte[] input, string what) =>
        Failures.Add($"{target.Name} {Current} (seed {seed}): {what}\n{Convert.ToBase64String(input)}");
}
