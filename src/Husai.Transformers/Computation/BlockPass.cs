using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Activations;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Computation.Layers;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation;

/// <summary>One block, forward and backward, over the rows of its plan.</summary>
internal sealed class BlockPass
{
    private readonly int _layer;
    private readonly int _width;
    private readonly AttentionLayer _attention;
    private readonly MlpLayer _mlp;
    private readonly NormLayer _attentionNorm;
    private readonly NormLayer _mlpNorm;
    private readonly RowGather _gather;
    private readonly GrowingMatrix _middleMemory = new();
    private readonly GrowingMatrix _outputMemory = new();
    private readonly GrowingMatrix _siteMemory = new();
    private readonly GrowingMatrix _inputGradientMemory = new();
    private readonly GrowingMatrix _normGradientMemory = new();
    private LayerPlan _plan = null!;
    private Matrix _input = null!;
    private Matrix _mlpInput = null!;

    public BlockPass(
        int layer, TransformerOptions options, TransformerParameters weights, TransformerParameters? gradients, Workers workers)
    {
        var (block, blockGradients) = (weights.Blocks[layer], gradients?.Blocks[layer]);
        _layer = layer;
        _width = options.ModelWidth;
        _attention = new AttentionLayer(options, block, blockGradients, workers);
        _mlp = new MlpLayer(options, block, blockGradients, workers);
        _attentionNorm = new NormLayer(block.AttentionNorm, blockGradients?.AttentionNorm, workers);
        _mlpNorm = new NormLayer(block.MlpNorm, blockGradients?.MlpNorm, workers);
        _gather = new RowGather(workers);
    }

    /// <summary>The residual stream between attention and MLP, [output rows, d_model].</summary>
    public Matrix Middle { get; private set; } = null!;

    /// <summary>The residual stream behind the MLP, [output rows, d_model].</summary>
    public Matrix Output { get; private set; } = null!;

    public void Bind(LayerPlan plan)
    {
        _plan = plan;
        _attention.Bind(plan);
        _mlp.Bind(plan.OutputRows);
        Middle = _middleMemory.View(plan.OutputRows, _width);
        Output = _outputMemory.View(plan.OutputRows, _width);
    }

    /// <summary>Computes <see cref="Output"/> from <paramref name="input"/> [input rows, d_model].</summary>
    public Matrix Forward(Matrix input, SiteHook? hook)
    {
        _input = input;
        _attention.Attend(_attentionNorm.Forward(input));
        _gather.Copy(Middle, input, _plan.Query);
        AddToStream(Middle, ActivationSite.AttnOut, _attention.Project, hook);
        Replace(Middle, ActivationSite.ResidMid, hook);

        _mlpInput = _mlpNorm.Forward(Middle);
        _mlp.Activate(_mlpInput);
        Replace(_mlp.Hidden, ActivationSite.MlpHidden, hook);
        _gather.Copy(Output, Middle, rows: null);
        AddToStream(Output, ActivationSite.MlpOut, _mlp.Project, hook);
        Replace(Output, ActivationSite.ResidPost, hook);
        return Output;
    }

    /// <summary>The gradient of the input [input rows, d_model]; <paramref name="outputGradient"/> is overwritten.</summary>
    public Matrix Backward(Matrix outputGradient)
    {
        // The stream's gradient passes both layers by; each adds its own.
        if (_mlpNorm.Exists)
        {
            var normGradient = _normGradientMemory.View(_plan.OutputRows, _width);
            _mlp.Backward(normGradient, accumulate: false, outputGradient, _mlpInput);
            _gather.Add(outputGradient, _mlpNorm.Backward(normGradient));
        }
        else
        {
            _mlp.Backward(outputGradient, accumulate: true, outputGradient, _mlpInput);
        }

        var inputGradient = _inputGradientMemory.View(_plan.InputRows, _width);
        _attention.Backward(inputGradient, outputGradient);
        if (_attentionNorm.Exists)
        {
            inputGradient = _attentionNorm.Backward(inputGradient);
        }

        _gather.AddSums(inputGradient.SliceRows(_plan.QueryStart, _plan.QueryRows), outputGradient, _plan.ByQuery);
        return inputGradient;
    }

    /// <summary>The activations of a site in the last forward pass, a row for each output row.</summary>
    public Matrix Read(ActivationSite site)
    {
        switch (site)
        {
            case ActivationSite.ResidMid:
                return Middle;
            case ActivationSite.MlpHidden:
                return _mlp.Hidden;
            case ActivationSite.ResidPost:
                return Output;
            default:
                var values = _siteMemory.View(_plan.OutputRows, _width);
                if (site == ActivationSite.ResidPre)
                {
                    _gather.Copy(values, _input, _plan.Query);
                }
                else if (site == ActivationSite.AttnOut)
                {
                    _attention.Project(values, accumulate: false);
                }
                else
                {
                    _mlp.Project(values, accumulate: false);
                }

                return values;
        }
    }

    private void AddToStream(Matrix stream, ActivationSite site, Action<Matrix, bool> project, SiteHook? hook)
    {
        if (hook is null || !hook.Replaces(site, _layer))
        {
            project(stream, true);
            return;
        }

        var values = _siteMemory.View(_plan.OutputRows, _width);
        project(values, false);
        hook.Apply(values, _plan.Groups);
        _gather.Add(stream, values);
    }

    private void Replace(Matrix values, ActivationSite site, SiteHook? hook)
    {
        if (hook is not null && hook.Replaces(site, _layer))
        {
            hook.Apply(values, _plan.Groups);
        }
    }
}
