namespace Husai.Experiments.Saes;

/// <summary>What a transformer still does when an SAE's reconstructions take the place of its activations, over all inputs.</summary>
internal sealed record SplicedMetrics
{
    /// <summary>Accuracy of the transformer as it is.</summary>
    public required double AccuracyClean { get; init; }

    /// <summary>Accuracy with the reconstructions.</summary>
    public required double AccuracySpliced { get; init; }

    /// <summary>Cross-entropy of the transformer as it is, in nats.</summary>
    public required double CeClean { get; init; }

    /// <summary>Cross-entropy with the reconstructions.</summary>
    public required double CeSpliced { get; init; }

    /// <summary>Cross-entropy with zeros.</summary>
    public required double CeZeroAblated { get; init; }

    /// <summary>Cross-entropy with the mean activation.</summary>
    public required double CeMeanAblated { get; init; }

    /// <summary>(CE zero-ablated - CE spliced) / (CE zero-ablated - CE clean); null where zeros change nothing.</summary>
    public double? CeRecoveredZeroAblation => Recovered(CeZeroAblated);

    /// <summary>(CE mean-ablated - CE spliced) / (CE mean-ablated - CE clean); null where the mean changes nothing.</summary>
    public double? CeRecoveredMeanAblation => Recovered(CeMeanAblated);

    private double? Recovered(double ablated) => ablated == CeClean ? null : (ablated - CeSpliced) / (ablated - CeClean);
}
