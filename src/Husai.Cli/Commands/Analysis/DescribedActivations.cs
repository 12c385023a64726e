using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Analysis.Sites;
using Husai.Analysis.Stability;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Storage;
using Husai.Cli.Hosting;
using Husai.Cli.Output;

namespace Husai.Cli.Commands.Analysis;

/// <summary>The activations that SAEs describe: those of a model's site, or of a file.</summary>
internal sealed class DescribedActivations(ActivationRows rows, Covariance covariance, AnalysedSite? site, IDisposable? file) : IDisposable
{
    public ActivationRows Rows { get; } = rows;

    public Covariance Covariance { get; } = covariance;

    /// <summary>The site with its circuit; null for a file, and for a model of an even modulus.</summary>
    public AnalysedSite? Site { get; } = site;

    public void Dispose() => file?.Dispose();

    /// <summary>The dictionaries, each with firing frequencies: its own where its folder has them, else measured on the rows.</summary>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="dictionaries">Named by their folders.</param>
    /// <param name="progress">Where progress goes.</param>
    public IReadOnlyList<LatentDictionary> WithFrequencies(
        CommandContext context, IReadOnlyList<LatentDictionary> dictionaries, StageProgressLine progress) =>
    [
        .. dictionaries.Select(dictionary =>
            dictionary.FiringFrequencies is not null ? dictionary : dictionary.WithFiringFrequencies(SaeArguments.Checked(
            () => Rows.FiringFrequencies(
                dictionary.Name, SaeFolder.Load(dictionary.Name).Sae, context.Workers, progress.Report, context.Cancellation)))),
    ];

    /// <summary>What the SAEs do on the rows.</summary>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="folders">The SAEs.</param>
    /// <param name="options">How stability is measured.</param>
    /// <param name="isAgreementWanted">Whether the agreement of activations is measured even where it takes long.</param>
    /// <param name="progress">Where progress goes.</param>
    public LatentActivity Measure(
        CommandContext context, IReadOnlyList<string> folders, StabilityOptions options, bool isAgreementWanted, StageProgressLine progress)
    {
        var saes = folders.Select(Load).ToArray();
        var starts = folders.Select(folder => TrainingSnapshot.Of(folder).FirstOrDefault(snapshot => snapshot.Step == 0)?.Folder).ToArray();
        (string, Sae)[] untrained = starts.Contains(null) ? [] : [.. starts.Select(start => Load(start!))];
        return SaeArguments.Checked(() => LatentActivity.Of(
            Rows, Covariance, saes, untrained, options, Site, isAgreementWanted, context.Workers, progress.Report,
            context.Cancellation));
    }

    /// <summary>Reads a folder as a named SAE.</summary>
    public static (string Name, Sae Sae) Load(string folder) => (folder, SaeArguments.Load(folder).Sae);
}
