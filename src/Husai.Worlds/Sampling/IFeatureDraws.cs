namespace Husai.Worlds.Sampling;

/// <summary>What features draw in one sample on their own, before their parents count.</summary>
internal interface IFeatureDraws
{
    /// <summary>Draws features that have a parent.</summary>
    /// <param name="features">Which.</param>
    /// <param name="magnitudes">Receives the magnitude of each, 0 where one does not fire.</param>
    /// <param name="priorities">Receives the priority of each: of exclusive siblings that fire, the one of highest priority survives.
    /// </param>
    void Draw(ReadOnlySpan<int> features, Span<float> magnitudes, Span<uint> priorities);
}
