using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation;
using Husai.Transformers.Computation.Folded;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Models;

namespace Husai.Transformers.Training;

/// <summary>Forward, backward and AdamW on one batch after another.</summary>
internal sealed class OptimiserStep
{
    private readonly Transformer _model;
    private readonly Workers _workers;
    private readonly TransformerParameters _gradients;
    private readonly ITrainingPass _pass;
    private int[] _targets = [];
    private Matrix _logits = null!;

    /// <param name="model">Trained in place.</param>
    /// <param name="workers">Threads to use.</param>
    /// <param name="fold">Whether to fold weights where the architecture allows it.</param>
    public OptimiserStep(Transformer model, Workers workers, bool fold = true)
    {
        _model = model;
        _workers = workers;
        _gradients = new TransformerParameters(model.Options, TransformerShape.Of(model.Task));
        _pass = fold && FoldedPass.Applies(model.Options, model.Task)
            ? new FoldedPass(model.Options, model.Parameters, _gradients, workers)
            : new TransformerPass(model.Options, model.Parameters, _gradients, workers);
        FirstMoment = new float[_gradients.All.Length];
        SecondMoment = new float[_gradients.All.Length];
    }

    public float[] FirstMoment { get; }

    public float[] SecondMoment { get; }

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>The gradients of the last step.</summary>
    public TransformerParameters Gradients => _gradients;

    /// <summary>The batch, in the order of the rows of <see cref="Logits"/>.</summary>
    public int[] Inputs { get; private set; } = [];

    /// <summary>The logits of the last <see cref="Forward"/>, until <see cref="Backward"/> overwrites them by their gradients.</summary>
    public Matrix Logits => _logits;

    /// <summary>Whether no batch has been chosen yet.</summary>
    public bool IsUnbound => _targets.Length == 0;

    /// <summary>Forgets the steps taken; weights and batch stay.</summary>
    public void Reset()
    {
        Array.Clear(FirstMoment);
        Array.Clear(SecondMoment);
        Steps = 0;
    }

    /// <summary>Chooses the batch of the steps that follow.</summary>
    public void Bind(ReadOnlySpan<int> inputs)
    {
        Inputs = _pass is FoldedPass ? FoldedOrder.Of(_model.Task, inputs) : inputs.ToArray();
        _targets = Evaluator.TargetsOf(_model.Task, Inputs);
        _pass.Bind(SequencePlan.ForPrediction(_model.Task, Inputs, _model.Options.Layers));
    }

    public void Forward() => _logits = _pass.Forward();

    /// <summary>Loss and accuracy of the last <see cref="Forward"/>; before <see cref="Backward"/>.</summary>
    public Evaluation Evaluate() => Evaluator.Evaluate(_logits, _targets, _workers);

    /// <summary>Computes all gradients of the mean loss, and returns it.</summary>
    public double Backward()
    {
        var loss = CrossEntropy.ForwardBackward(_logits, _logits, _targets, [], 1.0 / _targets.Length, _workers);
        _pass.Backward();
        return loss;
    }

    /// <summary>Moves the weights.</summary>
    public void Update(in AdamSettings settings, double maximumGradientNorm)
    {
        var scale = maximumGradientNorm > 0
            ? GradientClipping.Scale(Reductions.SumOfSquares(_gradients.All), maximumGradientNorm)
            : 1f;
        Adam.Step(_model.Parameters.All, FirstMoment, SecondMoment, _gradients.All, settings, ++Steps, scale, _workers);
    }
}
