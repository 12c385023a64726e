namespace Husai.Analysis.Latents;

/// <summary>A row on which a latent fires.</summary>
/// <param name="Row">The row.</param>
/// <param name="Activation">The latent's activation.</param>
internal readonly record struct FiringRow(long Row, float Activation)
{
    /// <summary>A strict order: of equal activations the earlier row is the larger.</summary>
    public bool IsLargerThan(FiringRow other) =>
        Activation > other.Activation || (Activation == other.Activation && Row < other.Row);
}
