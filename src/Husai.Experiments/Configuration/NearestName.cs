namespace Husai.Experiments.Configuration;

/// <summary>Finds the valid name that a mistyped one most likely meant.</summary>
internal static class NearestName
{
    /// <summary>
    /// The candidate at the smallest edit distance (Damerau 1964: insertions, deletions, substitutions, swaps of neighbours), or null if
    /// none is near: a third of the longer name may differ, and at least one character. The first of equally near ones wins.
    /// </summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? nearest = null;
        var smallest = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var longer = Math.Max(name.Length, candidate.Length);
            var allowed = Math.Max(1, longer / 3);
            if (Math.Abs(name.Length - candidate.Length) > allowed)
            {
                continue;
            }

            var distance = Distance(name, candidate);
            if (distance < smallest && distance <= allowed)
            {
                (nearest, smallest) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>
    /// Number of insertions, deletions, substitutions and swaps of neighbours that make one text of the other, case ignored,
    /// no character being touched twice.
    /// </summary>
    internal static int Distance(string left, string right)
    {
        // Rows of the table of distances between prefixes: of the prefix two shorter, one shorter, and the current one.
        var (oldest, previous, current) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            current[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            (oldest, previous, current) = (previous, current, oldest);
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = previous[j - 1] + (IsSame(left[i - 1], right[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substituted, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(left[i - 1], right[j - 2]) && IsSame(left[i - 2], right[j - 1]))
                {
                    current[j] = Math.Min(current[j], oldest[j - 2] + 1);
                }
            }
        }

        return current[right.Length];
    }

    private static bool IsSame(char left, char right) => char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
