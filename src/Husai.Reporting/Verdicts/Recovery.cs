namespace Husai.Reporting;

/// <summary>How far autoencoders recover the known circuit.</summary>
public enum Recovery
{
    /// <summary>Not measured, or without chance level or interval.</summary>
    NotMeasured,

    /// <summary>Agreement with the ground truth is not above the strongest chance level, or not surely so.</summary>
    NotRecovered,

    /// <summary>Surely above chance, but below <see cref="VerdictThresholds.RecoveredOverlap"/>.</summary>
    PartlyRecovered,

    /// <summary>Surely above chance and at least <see cref="VerdictThresholds.RecoveredOverlap"/>.</summary>
    Recovered,
}
