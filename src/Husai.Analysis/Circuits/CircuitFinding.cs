namespace Husai.Analysis.Circuits;

/// <summary>What the directions of SAEs say of the circuit.</summary>
public enum CircuitFinding
{
    /// <summary>The site has no planes.</summary>
    NoPlanes,

    /// <summary>A single SAE, or one on one of two models: there is no interval over seeds.</summary>
    OneSae,

    /// <summary>The interval of kappa against other planes of the same span does not lie above 0.</summary>
    NoChoiceOfPlane,

    /// <summary>The SAEs choose the circuit's planes, but do not lie in them more than the activations themselves.</summary>
    NoCloserThanDataPoints,

    /// <summary>The SAEs choose the circuit's planes, and lie in them more than the activations themselves.</summary>
    Recovered,
}
