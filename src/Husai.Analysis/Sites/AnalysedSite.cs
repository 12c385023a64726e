using Husai.Analysis.Causal;
using Husai.Analysis.Circuits;
using Husai.Analysis.Similarity;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Analysis.Sites;

/// <summary>A site of a model with its circuit, with which SAEs and other bases are compared.</summary>
internal sealed class AnalysedSite
{
    private readonly CircuitRecovery _recovery;
    private readonly Workers? _workers;
    private readonly ulong _seed;
    private readonly SharedReferences _references;

    /// <summary>Reads the activations of all inputs and finds the circuit.</summary>
    /// <param name="model">A model of modular arithmetic.</param>
    /// <param name="site">Where to read.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <param name="split">What the model was trained on, or null if unknown.</param>
    /// <param name="planes">Which planes count.</param>
    /// <param name="recovery">How recovery is measured.</param>
    /// <param name="activations">The site's activations of all inputs, <c>[p², width]</c>, where they are at hand; read from the model
    /// otherwise.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="circuit">The circuit in the activations, where it is at hand; found otherwise.</param>
    /// <exception cref="ArgumentException">There is no such site or layer, or the modulus is even.</exception>
    public AnalysedSite(
        Transformer model, ActivationSite site, int layer, DataSplit? split = null, CircuitOptions? planes = null,
        RecoveryOptions? recovery = null, Matrix? activations = null, Workers? workers = null, Circuit? circuit = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        planes ??= new CircuitOptions();
        Model = model;
        Site = site;
        Layer = layer;
        Activations = activations ?? model.Activations(site, layer, workers: workers);
        Circuit = circuit ?? Circuit.Of(Activations, model.Task.Modulus, planes, workers);
        Answers = AnswerKey.Of(model.Task, split);
        _workers = workers;
        _seed = recovery?.Seed ?? 0;
        _references = new SharedReferences();
        _recovery = new CircuitRecovery(Circuit, Activations, recovery, planes.WhitenedVariance, workers);
    }

    // The same site, whose parts do not change once they are there, with other threads.
    private AnalysedSite(AnalysedSite site, Workers? workers)
    {
        (Model, Site, Layer) = (site.Model, site.Site, site.Layer);
        (Activations, Circuit, Answers) = (site.Activations, site.Circuit, site.Answers);
        (_seed, _references, _workers) = (site._seed, site._references, workers);
        _recovery = site._recovery.With(workers);
    }

    /// <summary>The same site, measured by other threads, at the same time too; nothing is computed again.</summary>
    /// <param name="workers">Threads to use; the calling one where null.</param>
    public AnalysedSite With(Workers? workers) => new(this, workers);

    /// <summary>The model.</summary>
    public Transformer Model { get; }

    /// <summary>The site.</summary>
    public ActivationSite Site { get; }

    /// <summary>The layer.</summary>
    public int Layer { get; }

    /// <summary>Activations of all inputs, <c>[p², width]</c>.</summary>
    public Matrix Activations { get; }

    /// <summary>The circuit.</summary>
    public Circuit Circuit { get; }

    /// <summary>The right answers and the split.</summary>
    public AnswerKey Answers { get; }

    /// <summary>Frequencies that the model's logits hold.</summary>
    public IReadOnlyList<int> KeyFrequencies() =>
        Circuits.KeyFrequencies.OfLogits(Model.Logits(_workers), Model.Task.Modulus, workers: _workers);

    /// <summary>The model from this site on: activations of all inputs to logits.</summary>
    public Matrix LogitsOf(Matrix activations) => Model.LogitsFrom(Site, Layer, activations, _workers);

    /// <summary>The unembedding <c>[width, answers]</c> where it alone reads the site; null elsewhere.</summary>
    public Matrix? Unembedding => ReadOut.Of(Model, Site, Layer);

    /// <summary>What is known of the circuit's planes here without any dictionary; null without planes.</summary>
    public CircuitReferences? References => _recovery.References;

    /// <summary>Compares any basis with the circuit.</summary>
    public RecoveryReport Measure(BasisUnderTest basis) => _recovery.Measure(basis);

    /// <summary>Compares an SAE with the circuit: directions, functions, and what becomes of the model.</summary>
    /// <param name="name">How results call it.</param>
    /// <param name="sae">The SAE.</param>
    /// <exception cref="ArgumentException">The SAE reads another width, or none of its latents fires.</exception>
    public SaeAnalysis Measure(string name, Sae sae)
    {
        ArgumentNullException.ThrowIfNull(sae);
        if (sae.Width != Circuit.Covariance.Width)
        {
            throw new ArgumentException(
                $"{name} has width {sae.Width} but {Site.NameOf()} of layer {Layer} has width {Circuit.Covariance.Width}",
                nameof(sae));
        }

        var (basis, reconstruction) = Read(name, sae);
        var report = Measure(basis);
        var attributions = Unembedding is { } unembedding
            ? LogitAttribution.Of(sae.Decoder, unembedding, _workers)
            : null;
        return new SaeAnalysis(
            report,
            Splice(reconstruction),
            Circuit.Planes.Count == 0
                ? null
                : new GroupAblationRun(Activations, Circuit, LogitsOf, Answers, _workers).Run(basis, report, _seed),
            attributions is null ? null : FrequencyAgreement.Of(report, Circuit, attributions))
        {
            Steering = Steer(reconstruction),
        };
    }

    /// <summary>What becomes of the model with a reconstruction in the place of the site's activations.</summary>
    /// <param name="reconstruction">Of all inputs, <c>[p², width]</c>.</param>
    public SpliceResult Splice(Matrix reconstruction) =>
        Causal.Splice.Measure(Activations, reconstruction, Circuit, SpliceReferences(), LogitsOf, Answers, _workers);

    /// <summary>
    /// Turns the phases of the planes in the site's activations, or in a reconstruction of them; null when no plane carries a wave of a +
    /// b.
    /// </summary>
    /// <param name="activations">Of all inputs, <c>[p², width]</c>.</param>
    public Steering? Steer(Matrix activations) => Steering.Measure(activations, Circuit, LogitsOf, Answers, _seed, _workers);

    /// <summary>The neurons of the layer as directions at this site; null where none has written to it.</summary>
    public BasisUnderTest? Neurons() => BasisUnderTest.Neurons(Model, Site, Layer, Activations, _workers);

    /// <summary>As many leading principal components as the planes have dimensions.</summary>
    public BasisUnderTest PrincipalComponents() => BasisUnderTest.PrincipalComponents(Activations, Circuit, _workers);

    /// <summary>What there is to beat: neurons, principal components, and an untrained SAE of the same shape.</summary>
    /// <param name="like">The SAE whose shape the untrained one takes, or null for none.</param>
    public IReadOnlyList<RecoveryReport> MeasureBaselines(Sae? like = null) =>
        [.. Baselines.Of(this, like, _seed).Select(Measure)];

    /// <summary>Directions and maps of an SAE at this site.</summary>
    public BasisUnderTest BasisOf(string name, Sae sae)
    {
        ArgumentNullException.ThrowIfNull(sae);
        return BasisOf(name, sae, sae.MapsOf(Activations, workers: _workers));
    }

    /// <summary>Directions and maps of an SAE at this site, and what it makes of the activations, <c>[p², width]</c>.</summary>
    public (BasisUnderTest Basis, Matrix Reconstruction) Read(string name, Sae sae)
    {
        ArgumentNullException.ThrowIfNull(sae);
        var (maps, reconstruction) = sae.MapsAndReconstruction(Activations, _workers);
        return (BasisOf(name, sae, maps), reconstruction);
    }

    private static BasisUnderTest BasisOf(string name, Sae sae, Matrix maps) =>
        new(new LatentDictionary(name, sae.Decoder, sae.Encoder), maps);

    // Whoever comes first computes them, with its own threads; the site's copies with other threads read them.
    private SpliceReferences SpliceReferences()
    {
        lock (_references)
        {
            return _references.Splice ??= Causal.SpliceReferences.Of(Activations, Circuit, LogitsOf, Answers, _workers);
        }
    }

    private sealed class SharedReferences
    {
        public SpliceReferences? Splice { get; set; }
    }
}
