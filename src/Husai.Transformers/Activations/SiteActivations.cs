using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;
using Husai.Transformers.Training;

namespace Husai.Transformers.Activations;

/// <summary>Activations of a model over all p² inputs, and the logits that follow from replaced ones.</summary>
internal static class SiteActivations
{
    /// <summary>Width of a site.</summary>
    public static int Width(this Transformer model, ActivationSite site)
    {
        ArgumentNullException.ThrowIfNull(model);
        return site == ActivationSite.MlpHidden ? model.Options.MlpWidth : model.Options.ModelWidth;
    }

    /// <summary>The activations of a site at one position, a row for each input in the order <c>a * p + b</c>, [p², width].</summary>
    /// <param name="model">The model.</param>
    /// <param name="site">The site; <see cref="ActivationSite.Embed"/> exists in layer 0 only.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <param name="position">The position; null is the read position.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">There is no such site, layer or position.</exception>
    public static Matrix Activations(
        this Transformer model, ActivationSite site, int layer, int? position = null, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var at = position ?? model.Task.ReadPosition;
        Require(model, site, layer, at);
        var result = new Matrix(model.Task.Inputs, model.Width(site));
        if (site == ActivationSite.Embed)
        {
            for (var input = 0; input < result.Rows; input++)
            {
                model.Parameters.Embedding.Row(model.Task.Token(input, at)).CopyTo(result.Row(input));
            }

            return result;
        }

        var lastAtRead = layer == model.Options.Layers - 1 && at == model.Task.ReadPosition;
        var inputs = model.AllInputs();
        var pass = model.NewPass(workers);
        foreach (var (start, count) in Transformer.Blocks(inputs.Length))
        {
            var block = inputs.AsSpan(start, count);
            var plan = lastAtRead
                ? SequencePlan.ForPrediction(model.Task, block, model.Options.Layers)
                : SequencePlan.ForEveryPosition(model.Task, block, model.Options.Layers);
            pass.Bind(plan);
            pass.Stream();
            var rows = plan.Output?.RowOf[at];
            var values = pass.Read(site, layer);
            for (var i = 0; i < count; i++)
            {
                values.Row(rows is null ? i : rows[i]).CopyTo(result.Row(start + i));
            }
        }

        return result;
    }

    /// <summary>The activations of a site at every position: row <c>input * positions + position</c>, [p² * positions, width].</summary>
    /// <exception cref="ArgumentException">There is no such site or layer.</exception>
    public static Matrix ActivationsEverywhere(this Transformer model, ActivationSite site, int layer, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var positions = model.Task.Positions.Count;
        var result = new Matrix(model.Task.Inputs * positions, model.Width(site));
        for (var position = 0; position < positions; position++)
        {
            var values = model.Activations(site, layer, position, workers);
            for (var input = 0; input < values.Rows; input++)
            {
                values.Row(input).CopyTo(result.Row(input * positions + position));
            }
        }

        return result;
    }

    /// <summary>
    /// The logits at the read position when the activations of a site are replaced and the rest of the model runs on, [p², p].
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="site">The site.</param>
    /// <param name="layer">The layer, from 0 on.</param>
    /// <param name="activations">A row for each input in the order <c>a * p + b</c>, [p², width of the site].</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <param name="position">The position at which they are replaced; null is the read position.</param>
    /// <exception cref="ArgumentException">
    /// There is no such site, layer or position; the shape differs; or the site cannot reach the prediction.
    /// </exception>
    public static Matrix LogitsFrom(
        this Transformer model, ActivationSite site, int layer, Matrix activations, Workers? workers = null, int? position = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(activations);
        var at = position ?? model.Task.ReadPosition;
        Require(model, site, layer, at);
        if (activations.Rows != model.Task.Inputs || activations.Columns != model.Width(site))
        {
            throw new ArgumentException(
                $"activations are {activations.Shape} where [{model.Task.Inputs}, {model.Width(site)}] is needed", nameof(activations));
        }

        var last = layer == model.Options.Layers - 1;
        if (at > model.Task.ReadPosition || (last && at < model.Task.ReadPosition && site > ActivationSite.ResidPre))
        {
            throw new ArgumentException(
                $"{site.NameOf()} of layer {layer} at position {at} has no influence on the prediction", nameof(position));
        }

        var inputs = model.AllInputs();
        var result = new Matrix(inputs.Length, model.Task.Classes);
        var pass = model.NewPass(workers);
        foreach (var (start, count) in Transformer.Blocks(inputs.Length))
        {
            var replacement = activations.SliceRows(start, count);
            Matrix logits;
            if (last && site == ActivationSite.ResidPost)
            {
                logits = pass.Unembed(replacement);
            }
            else
            {
                pass.Bind(SequencePlan.WithoutSharing(model.Task, inputs.AsSpan(start, count), model.Options.Layers));
                logits = pass.Forward(new SiteHook(site, layer, at, replacement));
            }

            result.SliceRows(start, count).CopyFrom(logits);
        }

        return result;
    }

    /// <summary>Loss and accuracy of logits for some inputs.</summary>
    /// <param name="model">The model whose task has the targets.</param>
    /// <param name="logits">[p², p].</param>
    /// <param name="inputs">The inputs that count, each <c>a * p + b</c>; all by default.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public static Evaluation EvaluateLogits(
        this Transformer model, Matrix logits, int[]? inputs = null, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(logits);
        if (inputs is null)
        {
            return Evaluator.Evaluate(logits, model.Task.Targets, workers ?? Workers.Alone);
        }

        return Evaluator.Evaluate(logits.ChosenRows(inputs), Evaluator.TargetsOf(model.Task, inputs), workers ?? Workers.Alone);
    }

    private static void Require(Transformer model, ActivationSite site, int layer, int position)
    {
        if (layer < 0 || layer >= model.Options.Layers)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, $"the model has the layers 0 to {model.Options.Layers - 1}");
        }

        if (!Enum.IsDefined(site) || (site == ActivationSite.Embed && layer > 0))
        {
            throw new ArgumentException($"layer {layer} has no site {site.NameOf()}", nameof(site));
        }

        if (position < 0 || position >= model.Task.Positions.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(position), position, $"the task has the positions 0 to {model.Task.Positions.Count - 1}");
        }
    }
}
