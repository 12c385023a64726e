using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Results;
using Husai.Networks.Extraction;
using Husai.Networks.Splicing;
using Husai.Networks.Text;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>Puts the reconstructions of all SAEs of a site into their network, which is loaded once.</summary>
/// <param name="site">The site.</param>
/// <param name="saes">The SAEs.</param>
/// <param name="rows">Rows to replace at most.</param>
internal sealed class NetworkSpliceJob(NetworkSiteJob site, IReadOnlyList<SaeJob> saes, int rows)
    : Job($"splices/{site.Place}", [.. saes, site, .. site.Extraction.Dependencies, site.Extraction])
{
    // A pass through a network of 22 million weights, and what is read of the output.
    private const double SecondsPerRow = 1e-3;
    private const int References = 4;

    public override string Kind => "splice";

    public override IReadOnlyList<string> Outputs => [NetworkSpliceResult.FileName];

    public override string Inputs => FormattableString.Invariant($"rows: {rows}\n");

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override double Cost => 1 + SecondsPerRow * rows * (References + saes.Count);

    public override void Run(JobContext context, Workers workers)
    {
        var network = site.Extraction.Network;
        context.Report(0, "opening the network");
        var extraction = site.Extraction.Open(context, workers.Threads);
        using var splice = Open(extraction, site.Extraction.Load(context).Contexts, workers.Threads);
        List<SaeJob> trained = [.. saes.Where(context.IsComplete)];
        var loaded = trained.ConvertAll(job => job.Load(context).Sae);
        var metrics = splice.Measure(
            loaded.ConvertAll(sae => (Func<Matrix, Matrix>)(original => sae.Reconstruct(original, workers))),
            done => context.Report(done / (double)splice.Contexts, FormattableString.Invariant($"{done} of {splice.Contexts} contexts")),
            context.Cancellation);
        ExperimentJson.Write(context.PathOf(NetworkSpliceResult.FileName), new NetworkSpliceResult(
            [.. trained.Zip(metrics, (job, values) => new SplicedSae(job.Configuration, job.Seed, values))]));

        NetworkSplice Open(ActivationExtraction opened, long read, int threads)
        {
            // On text behind that of the training; on its beginning where there is none.
            var behind = Splice(opened, read, threads);
            if (behind.Contexts > 0)
            {
                return behind;
            }

            behind.Dispose();
            return Splice(opened, 0, threads);
        }

        NetworkSplice Splice(ActivationExtraction opened, long skipped, int threads) => new(
            opened.File, opened.Sites[site.Index],
            new ContextReader(opened.Corpus, opened.Tokenizer, network.Context, network.Packed), opened.Tokenizer?.Padding ?? 0, rows,
            network.Rows == RowSelection.All, threads, skipped);
    }
}
