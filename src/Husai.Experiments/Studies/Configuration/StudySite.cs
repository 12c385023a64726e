using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Husai.Transformers.Activations;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A place in the transformers at which activations are read, at the read position.</summary>
public sealed record StudySite
{
    /// <summary>The layer, from 0 on.</summary>
    [Description("The layer, from 0 on")]
    [Range(0, 15)]
    public int Layer { get; init; }

    /// <summary>The site in the layer.</summary>
    [Description("The site in the layer")]
    [AllowedValues("embed", "resid_pre", "attn_out", "resid_mid", "mlp_hidden", "mlp_out", "resid_post")]
    public string Site { get; init; } = "resid_post";

    /// <summary>How results and folders call it, such as <c>L0.resid_post</c>.</summary>
    public string Name => $"L{Layer}.{Site}";

    /// <summary>The site as the transformers know it.</summary>
    public ActivationSite ActivationSite => ActivationSites.Parse(Site);
}
