using Husai.Autoencoders.Activations;
using Husai.Formats.Files;
using Husai.Transformers.Activations;
using Husai.Transformers.Checkpoints;

namespace Husai.Experiments.Saes;

/// <summary>
/// Which site a command reads: that on which the SAEs were trained. What is asked for besides may say it where they do not, and must not
/// contradict them where they do. Where nothing says it, the residual stream after the last layer.
/// </summary>
/// <param name="Site">The site asked for; null for the SAEs' own.</param>
/// <param name="Layer">The layer asked for; null for the SAEs' own.</param>
/// <param name="AllowsOtherModel">Whether the model may have other weights than the SAEs were trained on.</param>
internal sealed record SiteRequest(ActivationSite? Site = null, int? Layer = null, bool AllowsOtherModel = false)
{
    /// <summary>The site that is read where nothing says which.</summary>
    public const ActivationSite DefaultSite = ActivationSite.ResidPost;

    /// <summary>Finds the site for SAEs of one site.</summary>
    /// <param name="checkpoint">The model.</param>
    /// <param name="saes">The SAEs by name, with what they say of themselves; may be none.</param>
    /// <param name="note">Told of SAEs that do not say where they belong, when nothing else says it either; may be null.</param>
    /// <exception cref="InvalidFileException">An SAE contradicts the request, the model or another one, or there is no such
    /// layer.</exception>
    public TransformerSite In(
        TransformerCheckpoint checkpoint, IEnumerable<(string Name, Provenance Provenance)> saes, Action<string>? note = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(saes);
        (string Name, HookPoint Hook)? first = null;
        var silent = new List<string>();
        foreach (var (name, provenance) in saes)
        {
            RequireModel(name, provenance, checkpoint);
            if (HookOf(name, provenance, unknownIsError: Site is null) is not { } hook)
            {
                silent.Add(name);
                continue;
            }

            RequireRequested(name, hook);
            first ??= (name, hook);
            if (hook != first.Value.Hook)
            {
                throw new InvalidFileException(name, $"was trained on {hook}, but {first.Value.Name} on {first.Value.Hook}: give SAEs of "
                    + "one site at a time");
            }
        }

        var site = Site ?? first?.Hook.Site ?? DefaultSite;
        var layer = Layer ?? first?.Hook.Layer ?? (site == ActivationSite.Embed ? 0 : checkpoint.Model.Options.Layers - 1);
        var result = TransformerSite.Open(checkpoint, site, layer);
        if (first is null && Site is null && silent.Count > 0)
        {
            note?.Invoke($"{silent[0]} does not say on which site it was trained: taken for {new HookPoint(site, layer)}");
        }

        return result;
    }

    /// <summary>The hook that an SAE says it was trained at; null if it does not say.</summary>
    /// <param name="name">How messages call it.</param>
    /// <param name="provenance">What it says of itself.</param>
    /// <param name="unknownIsError">Whether a hook at no site that is known here is refused, or counts as not said.</param>
    /// <exception cref="InvalidFileException">It contradicts itself, or names a hook that is refused.</exception>
    private static HookPoint? HookOf(string name, Provenance provenance, bool unknownIsError)
    {
        var named = provenance.HookName is { } hook ? HookPoint.Parse(hook) : null;
        if (unknownIsError && named is null && provenance.HookName is { } unknown && provenance.Site is null)
        {
            throw new InvalidFileException(
                name,
                $"was trained at '{unknown}', which is no hook of a site known here ({string.Join(", ", ActivationSites.Names)}); --site "
                    + $"and --layer say which to take");
        }

        if (provenance.Site is not { } site)
        {
            return named;
        }

        if (!ActivationSites.Names.Contains(site))
        {
            throw new InvalidFileException(
                name, $"was trained on '{site}', which is none of the sites {string.Join(", ", ActivationSites.Names)}");
        }

        var layer = provenance.Layer ?? named?.Layer ?? (site == ActivationSite.Embed.NameOf() ? 0 : null as int?);
        var stated = layer is { } number ? new HookPoint(ActivationSites.Parse(site), number) : null;
        return named is null || stated is null || named == stated
            ? stated ?? named
            : throw new InvalidFileException(name, $"says that it was trained on {stated}, but names the hook {named.Name}");
    }

    private void RequireModel(string name, Provenance provenance, TransformerCheckpoint checkpoint)
    {
        if (!AllowsOtherModel && provenance.ModelHash is { } hash && hash != checkpoint.WeightsHash)
        {
            throw new InvalidFileException(
                name,
                $"was trained on another transformer (weights {Start(hash)}, not {Start(checkpoint.WeightsHash)}); --allow-other-model to "
                    + $"measure it on this one");
        }

        var read = checkpoint.Task.ReadPosition.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (provenance.Position is { } position && position != read)
        {
            throw new InvalidFileException(
                name,
                $"was trained on position '{position}', but a transformer's activations are taken at its read position, {read}; give the "
                    + $"activations as a file");
        }
    }

    private void RequireRequested(string name, HookPoint hook)
    {
        if ((Site is { } site && site != hook.Site) || (Layer is { } layer && layer != hook.Layer))
        {
            throw new InvalidFileException(name, $"was trained on {hook}, but {Text()} is asked for; leave --site and --layer out");
        }
    }

    private string Text() => Site is { } site ? Layer is { } layer ? new HookPoint(site, layer).ToString() : site.NameOf()
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"layer {Layer}");

    private static string Start(string hash) => hash[..Math.Min(12, hash.Length)];
}
