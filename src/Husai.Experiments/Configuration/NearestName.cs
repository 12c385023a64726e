namespace Husai.Experiments.Configuration;

/// <summary>Finds the valid name that a mistyped one most likely meant.</summary>
public static class NearestName
{
    /// <summary>
    /// The candidate at the smallest edit distance (Levenshtein 1966: insertions, deletions, substitutions), or null if none
    /// is near: a third of the longer name may differ, and at least one character. The first of equally near ones wins.
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

    /// <summary>Number of insertions, deletions and substitutions of characters that make one text of the other, case ignored.</summary>
    internal static int Distance(string left, string right)
    {
        // One row of the table of distances between prefixes; previous holds the entry up and to the left.
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            var previous = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = previous + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                previous = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
