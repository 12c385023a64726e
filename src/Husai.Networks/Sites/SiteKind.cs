namespace Husai.Networks.Sites;

/// <summary>What a tensor of a network is, as far as names and the graph tell.</summary>
public enum SiteKind
{
    /// <summary>Something else.</summary>
    Other,

    /// <summary>The residual stream before the first block.</summary>
    Embed,

    /// <summary>The output of a block's attention, before it is added to the residual stream.</summary>
    AttnOut,

    /// <summary>The residual stream between attention and MLP.</summary>
    ResidMid,

    /// <summary>The hidden activations of a block's MLP, as its output weights read them.</summary>
    MlpHidden,

    /// <summary>The output of a block's MLP, before it is added to the residual stream.</summary>
    MlpOut,

    /// <summary>The residual stream after a block.</summary>
    ResidPost,
}
