namespace Husai.Analysis.Circuits;

/// <summary>What a latent computes, judged from its activation over all inputs (a, b).</summary>
public enum LatentClass
{
    /// <summary>It never fires, or is constant.</summary>
    Dead,

    /// <summary>It depends on a alone or on b alone.</summary>
    Operand,

    /// <summary>One frequency carries it: as a wave of a + b with its low harmonics, or over all four lines.</summary>
    SingleFrequency,

    /// <summary>It depends on a + b, but not smoothly: it picks out an answer or a few.</summary>
    AnswerDetector,

    /// <summary>None of these.</summary>
    Mixed,
}
