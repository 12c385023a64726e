using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Transformers.Activations;
using Husai.Transformers.Models;

namespace Husai.Analysis.Sites;

/// <summary>
/// What a site adds to the logits by the direct path: through the residual stream and the unembedding, past the attention and the MLPs that
/// come after it (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits").
/// </summary>
/// <param name="Weights"><c>[width of the site, answers]</c>: a direction at the site times these is its effect on the logits.</param>
/// <param name="IsWhole">Whether nothing else reads the site.</param>
/// <param name="IsUpToScale">Whether a layer norm comes between: it then divides each input's effects by a number of its own.</param>
internal sealed record DirectPath(Matrix Weights, bool IsWhole, bool IsUpToScale)
{
    /// <summary>Finds the path from a site.</summary>
    /// <param name="model">The transformer.</param>
    /// <param name="site">The site.</param>
    /// <param name="layer">Its layer, from 0 on.</param>
    /// <exception cref="ArgumentException">There is no such layer.</exception>
    public static DirectPath Of(Transformer model, ActivationSite site, int layer)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (layer < 0 || layer >= model.Options.Layers)
        {
            throw new ArgumentException($"layer {layer} of a transformer with layers 0 to {model.Options.Layers - 1}", nameof(layer));
        }

        var weights = UnembeddingOf(model);
        if (model.Options.LayerNorm)
        {
            Normalise(weights, model.Parameters["ln_final.w"].Values.AsSpan());
        }

        if (site == ActivationSite.MlpHidden)
        {
            var written = model.Parameters[FormattableString.Invariant($"blocks.{layer}.mlp.W_out")].Values;
            var through = new Matrix(written.Rows, weights.Columns);
            MatrixProduct.Multiply(through, written, weights);
            weights = through;
        }

        var isLast = site is ActivationSite.ResidPost or ActivationSite.MlpOut or ActivationSite.MlpHidden
            && layer == model.Options.Layers - 1;
        return new DirectPath(weights, isLast, model.Options.LayerNorm);
    }

    /// <summary>
    /// The effect of a direction on each answer's logit, less their mean: what all logits have in common changes no answer.
    /// </summary>
    /// <param name="direction">A direction at the site.</param>
    /// <exception cref="ArgumentException">It has another width than the site.</exception>
    public float[] EffectOf(ReadOnlySpan<float> direction)
    {
        if (direction.Length != Weights.Rows)
        {
            throw new ArgumentException($"the direction has width {direction.Length} but the site {Weights.Rows}", nameof(direction));
        }

        var (row, effect) = (new Matrix(1, direction.Length), new Matrix(1, Weights.Columns));
        direction.CopyTo(row.AsSpan());
        MatrixProduct.Multiply(effect, row, Weights);
        var mean = 0.0;
        foreach (var value in effect.AsSpan())
        {
            mean += value / Weights.Columns;
        }

        return [.. effect.AsSpan().ToArray().Select(value => (float)(value - mean))];
    }

    private static Matrix UnembeddingOf(Transformer model)
    {
        if (!model.Options.TiedUnembedding)
        {
            var own = model.Parameters["unembed.W_U"].Values;
            var copy = new Matrix(own.Rows, own.Columns);
            copy.CopyFrom(own);
            return copy;
        }

        return model.Parameters["embed.W_E"].Values.SliceRows(0, model.Task.Classes).Transpose();
    }

    // The norm takes the mean over the width away, which is the same as taking it away from each column, and multiplies by its gains.
    private static void Normalise(Matrix weights, ReadOnlySpan<float> gains)
    {
        for (var answer = 0; answer < weights.Columns; answer++)
        {
            var mean = 0.0;
            for (var row = 0; row < weights.Rows; row++)
            {
                weights[row, answer] *= gains[row];
                mean += weights[row, answer] / (double)weights.Rows;
            }

            for (var row = 0; row < weights.Rows; row++)
            {
                weights[row, answer] -= (float)mean;
            }
        }
    }
}
