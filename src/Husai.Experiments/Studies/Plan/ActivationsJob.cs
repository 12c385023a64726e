using Husai.Analysis.Geometry;
using Husai.Autoencoders.Activations;
using Husai.Experiments.Jobs;
using Husai.Experiments.Saes;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Activations;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Reads the activations of a site over all inputs.</summary>
/// <param name="transformer">What is read.</param>
/// <param name="site">Where.</param>
/// <param name="analyses">What is measured on the activations: it has no part in them.</param>
/// <param name="derived">Where what is derived from them is kept.</param>
internal sealed class ActivationsJob(TransformerJob transformer, StudySite site, StudyAnalyses analyses, DerivedSites derived)
    : ActivationSourceJob($"activations/{transformer.Place}/{site.Name}", transformer)
{
    private const long MostValuesInMemory = 1 << 25;
    internal const string FileName = "activations.safetensors";
    private const string TensorName = ActivationFile.TensorName;

    public TransformerJob Transformer { get; } = transformer;

    public StudySite Site { get; } = site;

    public override string Kind => "activations";

    public override IReadOnlyList<string> Outputs => [FileName, SiteResult.FileName];

    public override string Inputs => Site.Name;

    public override bool IsControl => Transformer.Transformer.Control is not null;

    public override string Place => $"{Transformer.Place}/{Site.Name}";

    public override int Width => Site.ActivationSite == ActivationSite.MlpHidden
        ? Transformer.Options.Model.MlpWidth
        : Transformer.Options.Model.ModelWidth;

    public int Modulus => Transformer.Options.Task.Modulus;

    public override int Rows => Modulus * Modulus;

    public override TrainingActivations Open(JobContext context, Workers workers)
    {
        var file = ActivationFile.Open(Path.Combine(context.FolderOf(this), FileName), TensorName);
        try
        {
            var site = TransformerSite.Open(LoadTransformer(context), Site.ActivationSite, Site.LayerIndex);
            return new TrainingActivations(Source(file), site.Provenance(), file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override Covariance Covariance(JobContext context, Workers workers) => Derived.Covariance(context, workers);

    /// <summary>Reads the activations, [p², width].</summary>
    public Matrix Load(JobContext context) =>
        SafetensorsFile.Read(Path.Combine(context.FolderOf(this), FileName)).Require(TensorName, (long)Modulus * Modulus, Width).ToMatrix();

    /// <summary>Reads the transformer.</summary>
    public TransformerCheckpoint LoadTransformer(JobContext context) => TransformerCheckpoint.Load(context.FolderOf(Transformer));

    /// <summary>What is measured on the activations.</summary>
    public StudyAnalyses Analyses => analyses;

    /// <summary>What the jobs on these activations derive from them.</summary>
    public DerivedSite Derived => derived.Of(this);

    public override void Run(JobContext context, Workers workers)
    {
        var checkpoint = LoadTransformer(context);
        var export = ActivationExport.Read(checkpoint, Site.ActivationSite, Site.LayerIndex, ActivationExport.ReadPosition, workers);
        export.Write(context.PathOf(FileName));
        var activations = export.Values;
        var covariance = Analysis.Geometry.Covariance.Of(activations, workers);
        ExperimentJson.Write(context.PathOf(SiteResult.FileName), new SiteResult(
            activations.Rows, activations.Columns, ContentHash.OfFloats([activations]),
            EffectiveRank.Of(covariance), EffectiveRank.ParticipationRatio(covariance)));
    }

    // Rows in memory are read faster; what is too large for that stays in the file.
    private static IActivationSource Source(MappedRows file)
    {
        if (file.Rows * file.Width > MostValuesInMemory)
        {
            return new MappedActivations(file);
        }

        var rows = new Matrix((int)file.Rows, file.Width);
        file.CopyTo(0, rows);
        return new MatrixActivations(rows);
    }
}
