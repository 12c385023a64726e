using Husai.Experiments.Configuration;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Networks.Extraction;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Runs text through a network, once for all its sites, and stores what it computes there.</summary>
internal sealed class NetworkExtractionJob(StudyNetwork network) : Job($"extractions/{network.Name}")
{
    // Of a network of 22 million weights on a core.
    private const double SecondsPerRow = 1e-3;

    public StudyNetwork Network { get; } = network;

    public override string Kind => "extraction";

    public override IReadOnlyList<string> Outputs =>
        ["*/store.json", "*/vocabulary.json", "*/shard-*.safetensors", ExtractionResult.FileName];

    // What the files hold decides, not where they lie.
    public override string Inputs => ConfigurationWriter.WriteKey(Network.WithoutPaths());

    public override double Cost => 1 + SecondsPerRow * Network.MaxRows;

    // Shards stay, and those that are there are not computed again.
    public override bool SavesWhenInterrupted => true;

    /// <summary>The store of a site.</summary>
    /// <param name="site">Which site of the network.</param>
    /// <param name="context">Knows where the jobs' folders are.</param>
    public string StoreOf(int site, JobContext context) => Path.Combine(context.FolderOf(this), Network.Folders[site]);

    public override void Run(JobContext context, Workers workers)
    {
        context.Report(0, "opening the network");
        var extraction = Network.Open(workers.Threads);
        Require(extraction.File.Path, extraction.File.Hash, Network.Found!.Model);
        Require(extraction.Corpus.Path, extraction.Corpus.Hash, Network.Found.Text);
        if (extraction.Tokenizer is { } tokenizer)
        {
            Require(tokenizer.Path, tokenizer.Hash, Network.Found.Tokenizer);
        }

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

    private static void Require(string path, string hash, string? found)
    {
        if (hash != found)
        {
            throw new InvalidFileException(
                path, "is not the file that the study began with: put that back, or run the study with this one");
        }
    }
}
