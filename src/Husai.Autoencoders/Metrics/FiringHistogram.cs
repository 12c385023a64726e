using Husai.Numerics.Functions;

namespace Husai.Autoencoders.Metrics;

/// <summary>How many latents fire how often, on a logarithmic scale.</summary>
/// <param name="Never">Latents that never fired.</param>
/// <param name="Counts">Latents by the base-10 logarithm of their frequency, in bins of half a decade from -6 to 0; the first takes what is
/// rarer.</param>
public sealed record FiringHistogram(int Never, int[] Counts)
{
    private const int Decades = 6;
    private const int BinsPerDecade = 2;

    /// <summary>Counts frequencies.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="frequencies"/> is null.</exception>
    public static FiringHistogram Of(double[] frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        var counts = new int[Decades * BinsPerDecade];
        var never = 0;
        foreach (var frequency in frequencies)
        {
            if (frequency <= 0)
            {
                never++;
                continue;
            }

            var logarithm = Transcendental.Log(frequency) / Transcendental.Log(10);
            counts[Math.Clamp((int)Math.Floor((logarithm + Decades) * BinsPerDecade), 0, counts.Length - 1)]++;
        }

        return new FiringHistogram(never, counts);
    }
}
