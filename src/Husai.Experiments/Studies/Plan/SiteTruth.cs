using Husai.Analysis;
using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Numerics;
using Husai.Transformers;

namespace Husai.Experiments.Studies;

/// <summary>A site with its ground truth, ready to hold dictionaries against it.</summary>
internal sealed class SiteTruth
{
    private readonly ActivationsJob _job;
    private readonly TransformerCheckpoint _transformer;
    private readonly CircuitRecovery _recovery;
    private readonly Workers _workers;

    public SiteTruth(ActivationsJob job, JobContext context, StudyAnalyses analyses, Workers workers)
    {
        _job = job;
        _workers = workers;
        _transformer = job.LoadTransformer(context);
        Activations = job.Load(context);
        Truth = GroundTruth.Of(Activations, job.Modulus, analyses.Planes, workers);
        _recovery = new CircuitRecovery(Truth, Activations, analyses.Recovery, analyses.Planes.WhitenedVariance, workers);
    }

    public Matrix Activations { get; }

    public GroundTruth Truth { get; }

    /// <summary>The part of the analyses that decides what is measured here, as text.</summary>
    public static string Inputs(StudyAnalyses analyses) => ConfigurationWriter.Write(
        new StudyAnalyses { FurtherSimilarities = [], Planes = analyses.Planes, Recovery = analyses.Recovery });

    /// <summary>The neurons as directions at this site, or null where none has written to it.</summary>
    public BasisUnderTest? Neurons() =>
        BasisUnderTest.Neurons(_transformer.Model, _job.Site.ActivationSite, _job.Site.Layer, Activations, _workers);

    public RecoveryReport Measure(BasisUnderTest basis) => _recovery.Measure(basis);

    /// <summary>Puts reconstructions in the place of the activations.</summary>
    public SpliceResult Splice(Matrix reconstruction)
    {
        var isTraining = new bool[_transformer.Task.Inputs];
        foreach (var input in _transformer.Split!.Train)
        {
            isTraining[input] = true;
        }

        return Analysis.Splice.Measure(
            Activations, reconstruction, Truth,
            activations => _transformer.Model.LogitsFrom(_job.Site.ActivationSite, _job.Site.Layer, activations, _workers),
            new AnswerKey(_transformer.Task.Targets, isTraining), _workers);
    }
}
