using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Engine;

/// <summary>Where an engine is chosen.</summary>
internal static class TrainingEngines
{
    public static ITrainingEngine Create(EngineSettings settings, TrainingWeights weights, Workers workers) =>
        settings.Method.CreateEngine(settings, weights, workers);
}
