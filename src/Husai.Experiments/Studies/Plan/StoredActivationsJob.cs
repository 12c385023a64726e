using Husai.Analysis.Geometry;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Jobs;
using Husai.Experiments.Saes;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Looks at activations in a file or store, which may be larger than memory and stay where they are.</summary>
internal abstract class StoredActivationsJob(string place, params IEnumerable<Job> dependencies)
    : ActivationSourceJob($"activations/{place}", dependencies)
{
    private const double CovarianceSeconds = 1e-10;
    private readonly DerivedPart<Covariance> _covariance = new();

    public override string Kind => "activations";

    public override IReadOnlyList<string> Outputs => [SiteResult.FileName];

    public override string Place => place;

    public override double Cost => 0.1 + CovarianceSeconds * Math.Min(Rows, ActivationRows.UsualRows) * Width * (double)Width;

    /// <summary>How results call what the activations are of.</summary>
    public abstract string Source { get; }

    /// <summary>The site, as results call it.</summary>
    public abstract string Site { get; }

    /// <summary>What kind of control the network is; null for a trained one.</summary>
    public virtual StudyControl? Control => null;

    public override bool IsControl => Control is not null;

    /// <summary>Whether the rows are those of tokens.</summary>
    public abstract bool HasText { get; }

    public override TrainingActivations Open(JobContext context, Workers workers)
    {
        var path = PathIn(context);
        var opened = new StoredActivations(path);
        try
        {
            return new TrainingActivations(opened, TransformerSite.ProvenanceOf(path), opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    // Of the same rows as the commands take.
    public override Covariance Covariance(JobContext context, Workers workers) => _covariance.Get(() =>
    {
        using var opened = new StoredActivations(PathIn(context));
        return new ActivationRows(opened).Covariance(workers, cancellation: context.Cancellation);
    });

    public override void Run(JobContext context, Workers workers)
    {
        var found = FoundActivations.At(PathIn(context));
        RequireFound(found);
        var covariance = Covariance(context, workers);
        ExperimentJson.Write(context.PathOf(SiteResult.FileName), new SiteResult(
            found.Rows, found.Width, found.Hash, EffectiveRank.Of(covariance), EffectiveRank.ParticipationRatio(covariance)));
    }

    /// <summary>The file or store.</summary>
    public abstract string PathIn(JobContext context);

    /// <summary>Makes sure that the activations are those that the study is about.</summary>
    protected abstract void RequireFound(FoundActivations found);
}
