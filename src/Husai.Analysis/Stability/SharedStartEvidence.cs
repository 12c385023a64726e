namespace Husai.Analysis.Stability;

/// <summary>What shows that two trainings began at the same weights.</summary>
public enum SharedStartEvidence
{
    /// <summary>They say the same seed of initialisation.</summary>
    InitialisationSeed,

    /// <summary>Their weights at step 0 are the same.</summary>
    StartingWeights,

    /// <summary>Their final rows of the same index lie closer than rows of different seeds do.</summary>
    FinalWeights,
}
