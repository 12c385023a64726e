using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Storage;
using Husai.Cli.Commands.Analysis;
using Husai.Cli.Hosting;
using Husai.Experiments.Saes;
using Husai.Transformers.Checkpoints;

namespace Husai.Cli.Commands.Saes;

/// <summary>
/// The activations on which SAEs are evaluated one after the other: those of their site of a transformer, or of a file. What they
/// share is read once.
/// </summary>
internal sealed class EvaluatedActivations
{
    private readonly CommandContext _context;
    private readonly SiteArguments _site;
    private readonly EvaluatedRows? _file;
    private TransformerCheckpoint? _checkpoint;
    private EvaluatedRows? _last;

    /// <summary>Prepares reading.</summary>
    /// <param name="context">The command line and threads.</param>
    /// <param name="site">The options that name the transformer.</param>
    /// <param name="file">The file, or null for the transformer's activations.</param>
    public EvaluatedActivations(CommandContext context, SiteArguments site, StoredActivations? file)
    {
        (_context, _site) = (context, site);
        _file = file is null ? null : new EvaluatedRows(file, null, null);
    }

    /// <summary>The activations of an SAE.</summary>
    public EvaluatedRows Of(string folder, SavedSae saved)
    {
        if (_file is not null)
        {
            return _file;
        }

        _checkpoint ??= _site.Load(_context)!;
        var site = _site.Request(_context).In(_checkpoint, [(folder, saved.Provenance)], _context.Output.Note);
        if (_last?.Site != site)
        {
            var activations = site.Activations(_context.Workers);
            _last = new EvaluatedRows(new MatrixActivations(activations), site, new SplicedSite(site, activations, _context.Workers));
        }

        return _last;
    }
}

/// <summary>Rows of activations to evaluate on.</summary>
/// <param name="Source">The rows.</param>
/// <param name="Site">The site that they are of; null for a file.</param>
/// <param name="Splice">Measures SAEs in the transformer; null for a file.</param>
internal sealed record EvaluatedRows(IActivationSource Source, TransformerSite? Site, SplicedSite? Splice)
{
    private readonly Lazy<ActivationIdentity> _identity = new(() => ActivationIdentity.Of(Source));

    public ActivationIdentity Identity => _identity.Value;
}
