namespace Husai.Autoencoders.Options;

/// <summary>
/// What a training leaves as it was drawn, for a baseline that has not learnt it: the frozen baselines of Korznikov et al. 2026
/// (arXiv:2602.14111), as we read it. Biases and thresholds learn in each.
/// </summary>
public enum FrozenPart
{
    /// <summary>Nothing: everything learns.</summary>
    None,

    /// <summary>All decoder rows.</summary>
    Decoder,

    /// <summary>Decoder rows learn, but each keeps a cosine of 0.8 or more to its start.</summary>
    DecoderSoft,

    /// <summary>All encoder rows.</summary>
    Encoder,
}
