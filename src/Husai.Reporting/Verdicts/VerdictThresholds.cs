namespace Husai.Reporting;

/// <summary>The limits that the verdict goes by.</summary>
public static class VerdictThresholds
{
    /// <summary>Agreement with the ground truth from which a circuit counts as recovered.</summary>
    public const double RecoveredOverlap = 0.6;

    /// <summary>Agreement with the ground truth below which the autoencoders are not learning the circuit: a red flag.</summary>
    public const double LowOverlap = 0.3;

    /// <summary>Explained variance below which the reconstruction is poor: a red flag.</summary>
    public const double LowExplainedVariance = 0.7;

    /// <summary>Share of dead latents above which the dictionary has collapsed: a red flag.</summary>
    public const double HighDeadFraction = 0.3;

    /// <summary>L0 as a share of its target below which an autoencoder is too sparse: a red flag.</summary>
    public const double LowL0Share = 0.5;

    /// <summary>Fewer seeds than this leave the interval too wide to say much: a red flag.</summary>
    public const int FewSeeds = 3;

    /// <summary>Chance-corrected score from which stability is called moderate; below, weak.</summary>
    public const double ModerateKappa = 0.2;

    /// <summary>Chance-corrected score from which stability is called strong.</summary>
    public const double StrongKappa = 0.6;

    /// <summary>A chance level known only by simulation counts with this many of its standard errors added.</summary>
    public const double ChanceStandardErrors = 2;
}
