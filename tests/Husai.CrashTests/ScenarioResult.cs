using System.Globalization;

namespace Husai.CrashTests;

/// <summary>What became of one way to end the program.</summary>
/// <param name="Name">What was done.</param>
internal sealed record ScenarioResult(string Name)
{
    private readonly List<string> _failures = [];

    /// <summary>How often it was done.</summary>
    public int Events { get; set; }

    /// <summary>How often what was left then, and brought to its end, was compared with an uninterrupted run.</summary>
    public int Comparisons { get; set; }

    /// <summary>Why it was not done, or null.</summary>
    public string? Skipped { get; init; }

    /// <summary>What was not as it should be.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Takes note of what was not as it should be; null is nothing.</summary>
    public void Add(string? failure)
    {
        if (failure is not null)
        {
            _failures.Add(failure);
        }
    }

    public override string ToString() => Skipped is null
        ? string.Create(
            CultureInfo.InvariantCulture, $"{Name,-44} {Events,5} times {Comparisons,5} comparisons {Failures.Count,4} failures")
        : $"{Name,-44} skipped: {Skipped}";
}
