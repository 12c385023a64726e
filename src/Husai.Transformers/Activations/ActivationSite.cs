namespace Husai.Transformers.Activations;

/// <summary>A place in a block at which activations are read or replaced (TransformerLens' hook points).</summary>
internal enum ActivationSite
{
    /// <summary>The token's embedding without its position; layer 0 only.</summary>
    Embed,

    /// <summary>The residual stream as it enters the block.</summary>
    ResidPre,

    /// <summary>What attention adds to the residual stream.</summary>
    AttnOut,

    /// <summary>The residual stream between attention and MLP.</summary>
    ResidMid,

    /// <summary>The MLP's neurons after their activation.</summary>
    MlpHidden,

    /// <summary>What the MLP adds to the residual stream.</summary>
    MlpOut,

    /// <summary>The residual stream as it leaves the block.</summary>
    ResidPost,
}
