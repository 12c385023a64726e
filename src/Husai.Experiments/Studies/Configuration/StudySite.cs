using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Transformers.Activations;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A place in the transformers at which activations are read, at the read position.</summary>
internal sealed record StudySite
{
    /// <summary>The layer, from 0 on; null for the last one, before <see cref="In"/> resolves it.</summary>
    [Description("The layer, from 0 on; the last one of the transformers if not given, and 0 for embed")]
    [Range(0, 15)]
    public int? Layer { get; init; }

    /// <summary>The site in the layer.</summary>
    [Description("The site in the layer")]
    [AllowedValues("embed", "resid_pre", "attn_out", "resid_mid", "mlp_hidden", "mlp_out", "resid_post")]
    public string Site { get; init; } = "resid_post";

    /// <summary>How results and folders call it, such as <c>L0.resid_post</c>.</summary>
    public string Name => $"L{LayerIndex}.{Site}";

    /// <summary>The site as the transformers know it.</summary>
    public ActivationSite ActivationSite => ActivationSites.Parse(Site);

    /// <summary>The layer of a resolved site.</summary>
    /// <exception cref="InvalidOperationException">The layer is not resolved.</exception>
    internal int LayerIndex => Layer ?? throw new InvalidOperationException("the layer of the site is not resolved");

    /// <summary>The site in transformers of so many layers, with the layer that the commands take where none is given.</summary>
    /// <param name="layers">Layers of the shallowest transformer.</param>
    internal StudySite In(int layers) =>
        this with { Layer = Layer ?? (ActivationSite == ActivationSite.Embed ? 0 : layers - 1) };
}
