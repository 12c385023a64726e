using Husai.Numerics.Matrices;
using Husai.Transformers.Activations;
using Husai.Transformers.Models;

namespace Husai.Analysis.Sites;

/// <summary>What reads a site.</summary>
internal static class ReadOut
{
    /// <summary>The unembedding <c>[width, p]</c> where it alone reads a site, and linearly; null elsewhere.</summary>
    /// <param name="model">The transformer.</param>
    /// <param name="site">The site.</param>
    /// <param name="layer">Its layer, from 0 on.</param>
    public static Matrix? Of(Transformer model, ActivationSite site, int layer)
    {
        ArgumentNullException.ThrowIfNull(model);
        return site == ActivationSite.ResidPost && layer == model.Options.Layers - 1
            && model.Options is { LayerNorm: false, TiedUnembedding: false }
            ? model.Parameters["unembed.W_U"].Values
            : null;
    }
}
