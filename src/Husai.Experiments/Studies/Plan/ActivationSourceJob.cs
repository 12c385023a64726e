using Husai.Analysis.Geometry;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Jobs;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>What SAEs are trained on: a site of a transformer, a world, or activations of which no truth is known.</summary>
internal abstract class ActivationSourceJob(string name, params IEnumerable<Job> dependencies) : Job(name, dependencies)
{
    /// <summary>The part of folder names that says which activations.</summary>
    public abstract string Place { get; }

    /// <summary>Whether they are those of a network without a circuit, to compare with.</summary>
    public virtual bool IsControl => false;

    public abstract int Width { get; }

    public abstract int Rows { get; }

    /// <summary>Opens the activations.</summary>
    public abstract TrainingActivations Open(JobContext context, Workers workers);

    /// <summary>The covariance of the activations, which several jobs share.</summary>
    public abstract Covariance Covariance(JobContext context, Workers workers);
}

/// <summary>Activations to train on.</summary>
/// <param name="Source">The rows.</param>
/// <param name="Provenance">What an SAE that is trained on them says of itself.</param>
/// <param name="File">What to close; null for nothing.</param>
internal sealed record TrainingActivations(IActivationSource Source, Provenance Provenance, IDisposable? File) : IDisposable
{
    public void Dispose() => File?.Dispose();
}
