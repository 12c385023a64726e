using Husai.Numerics.Matrices;

namespace Husai.Analysis.Worlds;

/// <summary>The largest values of the codes of a batch, as BatchTopK chooses in training.</summary>
internal static class LargestOfBatch
{
    // Bits of a positive number: its upper sixteen, then its lower sixteen.
    private const int Half = 16;

    /// <summary>Sets all but the largest positive values to 0; of equal ones those of lower row, then lower latent, stay.</summary>
    /// <param name="codes"><c>[samples, latents]</c>, none negative.</param>
    /// <param name="wanted">How many to keep.</param>
    public static void Keep(Matrix codes, long wanted)
    {
        var upper = Count(codes, bits => (int)(bits >> Half), _ => true);
        var (high, left) = Smallest(upper, wanted);
        var lower = Count(codes, bits => (int)(bits & ushort.MaxValue), bits => bits >> Half == (uint)high);
        var (low, equal) = Smallest(lower, left);
        var threshold = BitConverter.UInt32BitsToSingle(((uint)high << Half) | (uint)low);
        for (var row = 0; row < codes.Rows; row++)
        {
            foreach (ref var value in codes.Row(row))
            {
                var kept = value > threshold || (value == threshold && equal-- > 0);
                value = kept ? value : 0;
            }
        }
    }

    private static long[] Count(Matrix codes, Func<uint, int> digit, Func<uint, bool> counts)
    {
        var found = new long[1 << Half];
        for (var row = 0; row < codes.Rows; row++)
        {
            foreach (var value in codes.Row(row))
            {
                var bits = BitConverter.SingleToUInt32Bits(value);
                if (value > 0 && counts(bits))
                {
                    found[digit(bits)]++;
                }
            }
        }

        return found;
    }

    // The digit of the smallest value kept, and how many values of that digit are; the lowest where there are fewer values than wanted.
    private static (int Digit, long Left) Smallest(long[] counts, long wanted)
    {
        var digit = counts.Length - 1;
        for (; digit > 0 && counts[digit] < wanted; digit--)
        {
            wanted -= counts[digit];
        }

        return (digit, wanted);
    }
}
