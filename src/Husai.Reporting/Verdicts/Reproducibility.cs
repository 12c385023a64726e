namespace Husai.Reporting;

/// <summary>How a score stands against the strongest chance level.</summary>
public enum Reproducibility
{
    /// <summary>No score, no chance level, or no interval.</summary>
    NotMeasured,

    /// <summary>The mean is not above chance, or the whole interval is below it.</summary>
    AtChance,

    /// <summary>The mean is above chance, but the interval reaches down to it: more seeds are needed.</summary>
    Undecided,

    /// <summary>The whole interval is above chance.</summary>
    BeyondChance,
}
