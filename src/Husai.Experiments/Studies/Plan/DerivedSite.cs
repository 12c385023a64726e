using Husai.Analysis.Circuits;
using Husai.Analysis.Geometry;
using Husai.Analysis.Sites;
using Husai.Experiments.Jobs;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>
/// What the jobs on a site derive from its activations alone. The first job that asks for a part derives it, jobs that ask meanwhile wait,
/// and all of them read the same one: its bits do not depend on the threads that derive it.
/// </summary>
internal sealed class DerivedSite(ActivationsJob activations)
{
    private readonly DerivedPart<Matrix> _activations = new();
    private readonly DerivedPart<Covariance> _covariance = new();
    private readonly DerivedPart<Circuit> _circuit = new();
    private readonly DerivedPart<AnalysedSite> _analysed = new();

    /// <summary>The activations, [p², width].</summary>
    public Matrix Activations(JobContext context) => _activations.Get(() => activations.Load(context));

    /// <summary>Their covariance.</summary>
    public Covariance Covariance(JobContext context, Workers workers) =>
        _covariance.Get(() => Analysis.Geometry.Covariance.Of(Activations(context), workers));

    /// <summary>The planes of the circuit in them.</summary>
    public Circuit KnownCircuit(JobContext context, Workers workers) => _circuit.Get(() => Circuit.Of(
        Activations(context), activations.Modulus, activations.Analyses.Planes, workers, Covariance(context, workers)));

    /// <summary>The site with its circuit, ready to compare SAEs with it.</summary>
    public AnalysedSite Analysed(JobContext context, Workers workers) => _analysed.Get(() =>
    {
        var checkpoint = activations.LoadTransformer(context);
        var analysed = new AnalysedSite(
            checkpoint.Model, activations.Site.ActivationSite, activations.Site.LayerIndex, checkpoint.Split, activations.Analyses.Planes,
            activations.Analyses.Recovery, Activations(context), workers, KnownCircuit(context, workers));

        // The threads of the job that derives it end with that job.
        return analysed.With(null);
    }).With(workers);
}
