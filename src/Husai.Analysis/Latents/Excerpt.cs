namespace Husai.Analysis.Latents;

/// <summary>A row on which a latent fires, with the rows around it in its context and the latent's activations on them.</summary>
/// <param name="Row">The row.</param>
/// <param name="Activation">The latent's activation on it.</param>
/// <param name="Peak">Its place in <paramref name="Activations"/>.</param>
/// <param name="Activations">Activations on the rows of the excerpt, in order; 0 where the latent does not fire.</param>
internal sealed record Excerpt(long Row, float Activation, int Peak, IReadOnlyList<float> Activations)
{
    /// <summary>The number of the document; null where it is not known, and for a special token.</summary>
    public long? Document { get; init; }

    /// <summary>Which token of the document the row is, from 0 on; null where it is not known.</summary>
    public int? Position { get; init; }

    /// <summary>Where the document begins in the corpus, in bytes of text or elements of an array; null where it is not known.</summary>
    public long? Offset { get; init; }

    /// <summary>Token ids of the rows of the excerpt; null where there are none.</summary>
    public IReadOnlyList<int>? TokenIds { get; init; }

    /// <summary>Texts of <see cref="TokenIds"/>; null where they are not known.</summary>
    public IReadOnlyList<string>? Tokens { get; init; }

    /// <summary>The operands a and b of an arithmetic task; null for other activations.</summary>
    public IReadOnlyList<int>? Inputs { get; init; }
}
