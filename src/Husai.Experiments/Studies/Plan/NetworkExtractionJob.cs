using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Stores;
using Husai.Networks.Extraction;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Runs text through a network, once for all its sites, and stores what it computes there.</summary>
/// <param name="network">The network, or a control of it.</param>
/// <param name="randomised">Makes the control; null for a network that is there.</param>
internal sealed class NetworkExtractionJob(StudyNetwork network, RandomisedNetworkJob? randomised = null)
    : Job($"extractions/{network.Name}", randomised is null ? [] : [randomised])
{
    // Of a network of 22 million weights on a core.
    private const double SecondsPerRow = 1e-3;

    public StudyNetwork Network { get; } = network;

    public override string Kind => "extraction";

    public override IReadOnlyList<string> Outputs =>
        ["*/store.json", "*/vocabulary.json", "*/shard-*.safetensors", ExtractionResult.FileName];

    // What the files hold decides, not where they lie.
    public override string Inputs => ConfigurationWriter.WriteKey(Network.WithoutPaths() with { Randomise = new() });

    public override double Cost => 1 + SecondsPerRow * Network.MaxRows;

    // Shards stay, and those that are there are not computed again.
    public override bool SavesWhenInterrupted => true;

    /// <summary>The store of a site.</summary>
    /// <param name="site">Which site of the network.</param>
    /// <param name="context">Knows where the jobs' folders are.</param>
    public string StoreOf(int site, JobContext context) => Path.Combine(context.FolderOf(this), Network.Folders[site]);

    /// <summary>What was extracted.</summary>
    public ExtractionResult Load(JobContext context) =>
        ExperimentJson.Read<ExtractionResult>(Path.Combine(context.FolderOf(this), ExtractionResult.FileName));

    /// <summary>Opens network and text, and makes sure that they are those of the study.</summary>
    public ActivationExtraction Open(JobContext context, int threads)
    {
        var found = Network.Found!;
        var extraction = (randomised is null ? Network : Network with { Model = randomised.ModelIn(context) }).Open(threads);
        StudySources.RequireFound(extraction.File.Path, extraction.File.Hash, randomised?.HashIn(context) ?? found.Model);
        StudySources.RequireFound(extraction.Corpus.Path, extraction.Corpus.Hash, found.Text);
        if (extraction.Tokenizer is { } tokenizer)
        {
            StudySources.RequireFound(tokenizer.Path, tokenizer.Hash, found.Tokenizer);
        }

        return extraction;
    }

    public override void Run(JobContext context, Workers workers)
    {
        context.Report(0, "opening the network");
        var extraction = Open(context, workers.Threads);
        var stores = new StoreExtraction(extraction, site => context.PathOf(Network.Folders[extraction.Sites.ToList().IndexOf(site)]));
        var (rows, counts) = extraction.Count(
            contexts => context.Report(0, FormattableString.Invariant($"reading the text, {contexts} contexts")), context.Cancellation);
        stores.Open(done => context.Report(done / (double)rows, "checking what is there"));
        stores.Fill(
            rows, workers.Threads,
            done => context.Report(done / (double)rows, FormattableString.Invariant($"{done} of {rows} rows")), context.Cancellation);
        ExperimentJson.Write(context.PathOf(ExtractionResult.FileName), new ExtractionResult(
            rows, counts.Documents, counts.CutDocuments, counts.Contexts, counts.Tokens,
            [
                .. extraction.Sites.Zip(stores.Folders, (site, folder) => new ExtractedStore(
                    Path.GetFileName(folder), site.Name, StoreDescription.Read(folder).Hash!)),
            ]));
    }
}
