using System.Globalization;

namespace Husai.Transformers.Activations;

/// <summary>A site of a layer, with the name that TransformerLens gives the hook there.</summary>
/// <param name="Site">The site.</param>
/// <param name="Layer">The layer, from 0 on.</param>
internal sealed record HookPoint(ActivationSite Site, int Layer)
{
    private const string EmbedName = "hook_embed";
    private const string BlockPrefix = "blocks.";
    private const string HookPrefix = "hook_";
    private const string NeuronsName = "mlp.hook_post";

    /// <summary>The hook's name, such as <c>blocks.0.hook_resid_post</c>, <c>blocks.0.mlp.hook_post</c> or <c>hook_embed</c>.</summary>
    public string Name => Site switch
    {
        ActivationSite.Embed => EmbedName,
        ActivationSite.MlpHidden => string.Create(CultureInfo.InvariantCulture, $"{BlockPrefix}{Layer}.{NeuronsName}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{BlockPrefix}{Layer}.{HookPrefix}{Site.NameOf()}"),
    };

    /// <summary>The hook of a name, or null if it is at none of the sites.</summary>
    /// <param name="name">The name; that of earlier studies, such as <c>blocks.0.resid_post</c>, is understood too.</param>
    public static HookPoint? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == EmbedName)
        {
            return new HookPoint(ActivationSite.Embed, 0);
        }

        var dot = name.IndexOf('.', Math.Min(BlockPrefix.Length, name.Length));
        if (!name.StartsWith(BlockPrefix, StringComparison.Ordinal) || dot < 0
            || !int.TryParse(name[BlockPrefix.Length..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var layer))
        {
            return null;
        }

        var hook = name[(dot + 1)..];
        foreach (var site in Enum.GetValues<ActivationSite>())
        {
            var point = new HookPoint(site, layer);
            if (point.Name == name || hook == site.NameOf())
            {
                return point;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Site.NameOf()} of layer {Layer}");
}
