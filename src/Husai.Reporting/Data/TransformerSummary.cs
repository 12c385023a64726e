namespace Husai.Reporting.Data;

/// <summary>A trained transformer and how far it has learned the known circuit.</summary>
public sealed record TransformerSummary
{
    /// <summary>Its name in the study.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is a control: a network that is to have no circuit.</summary>
    public bool IsControl { get; init; }

    /// <summary>Task and size in words, such as <c>addition mod 113, 1 layer, width 128</c>.</summary>
    public string Description { get; init; } = "";

    /// <summary>Starts of its training before the one that counts.</summary>
    public int Restarts { get; init; }

    /// <summary>Whether it passes the gate: perfect on held-out pairs and Fourier inside.</summary>
    public bool Grokked { get; init; }

    /// <summary>First epoch at which the held-out accuracy reached its final level, or null.</summary>
    public int? GrokkingEpoch { get; init; }

    /// <summary>Accuracy on held-out pairs after training, in [0, 1].</summary>
    public double TestAccuracy { get; init; }

    /// <summary>Loss and accuracy at the logged epochs, in order.</summary>
    public IReadOnlyList<LearningPoint> Learning { get; init; } = [];

    /// <summary>Norm of the embedding at each frequency k = 1, 2, ..., (p - 1) / 2.</summary>
    public IReadOnlyList<double> EmbeddingSpectrum { get; init; } = [];

    /// <summary>Frequencies that the circuit uses.</summary>
    public IReadOnlyList<int> KeyFrequencies { get; init; } = [];

    /// <summary>Further checks (restricted loss, excluded loss, ...), in the order to show.</summary>
    public IReadOnlyList<NamedValue> Checks { get; init; } = [];
}
