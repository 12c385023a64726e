namespace Husai.Networks.Randomisation;

/// <summary>Weights that a randomised network keeps.</summary>
[Flags]
internal enum KeptWeights
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Those that token ids, positions or types choose from.</summary>
    Embeddings = 1,

    /// <summary>Scales and shifts of norms.</summary>
    Norms = 2,
}
