namespace Husai.Analysis.Stability;

/// <summary>What can be said of the agreement between seeds. The numbers are those of the five sentences.</summary>
public enum AgreementFinding
{
    /// <summary>
    /// Above chance by enough, but it was not tested whether turning gives as much: the first half of the fifth sentence, which has no
    /// number.
    /// </summary>
    NotTestedAgainstTurning = 0,

    /// <summary>The seeds share their initial weights.</summary>
    SharedStart = 1,

    /// <summary>Not above two random dictionaries of the same shape.</summary>
    NoMoreThanChance = 2,

    /// <summary>Above them by less than a kappa of .05.</summary>
    HardlyMoreThanChance = 3,

    /// <summary>Above them, but not above the dictionaries turned within the activations' principal directions.</summary>
    SameGround = 4,

    /// <summary>Above both.</summary>
    SharedLatents = 5,
}
