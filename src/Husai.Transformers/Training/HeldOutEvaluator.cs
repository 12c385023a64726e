using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation;
using Husai.Transformers.Computation.Folded;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Training;

/// <summary>Evaluates one model on the same inputs again and again; plans and memory are made once.</summary>
internal sealed class HeldOutEvaluator
{
    private readonly ITrainingPass _pass;
    private readonly SequencePlan[] _plans;
    private readonly Matrix _logits;
    private readonly int[] _targets;
    private readonly Workers _workers;

    public HeldOutEvaluator(Transformer model, int[] inputs, Workers workers)
    {
        if (FoldedPass.Applies(model.Options, model.Task))
        {
            _pass = new FoldedPass(model.Options, model.Parameters, gradients: null, workers);
            inputs = FoldedOrder.Of(model.Task, inputs);
        }
        else
        {
            _pass = model.NewPass(workers);
        }

        _plans = [.. Transformer.Blocks(inputs.Length).Select(block =>
            SequencePlan.ForPrediction(model.Task, inputs.AsSpan(block.Start, block.Count), model.Options.Layers))];
        _logits = new Matrix(inputs.Length, model.Task.Classes);
        _targets = Evaluator.TargetsOf(model.Task, inputs);
        _workers = workers;
    }

    public Evaluation Evaluate()
    {
        if (_targets.Length == 0)
        {
            return new Evaluation(double.NaN, double.NaN);
        }

        var start = 0;
        foreach (var plan in _plans)
        {
            _pass.Bind(plan);
            _logits.SliceRows(start, plan.Sequences).CopyFrom(_pass.Forward());
            start += plan.Sequences;
        }

        return Evaluator.Evaluate(_logits, _targets, _workers);
    }
}
