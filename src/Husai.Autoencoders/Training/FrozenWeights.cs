using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;

namespace Husai.Autoencoders.Training;

/// <summary>Weights that a training keeps at, or near, their start.</summary>
internal static class FrozenWeights
{
    /// <summary>Has an engine hold a part of the weights.</summary>
    /// <param name="settings">The engine's settings.</param>
    /// <param name="start">
    /// The weights before the first step. A resumed training makes them again from its seed, so that its state need not hold them.
    /// </param>
    /// <param name="part">What is held.</param>
    public static EngineSettings Hold(EngineSettings settings, TrainingWeights start, FrozenPart part) => part switch
    {
        FrozenPart.Decoder => settings with { PinnedLatents = start.Latents },
        FrozenPart.DecoderSoft => settings with { DecoderStart = start.Decoder.Values.Clone() },
        FrozenPart.Encoder => settings with { KeepsEncoder = true },
        _ => settings,
    };
}
