using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Transformers.Computation.Kernels;
using Husai.Transformers.Models;

namespace Husai.Transformers.Computation.Layers;

/// <summary>Layer normalisation in front of a layer, or nothing in models without it.</summary>
internal sealed class NormLayer
{
    private readonly NormParameters? _weights;
    private readonly NormParameters? _gradients;
    private readonly Workers _workers;
    private readonly GrowingMatrix _outputMemory = new();
    private readonly GrowingMatrix _normalisedMemory = new();
    private readonly GrowingMatrix _gradientMemory = new();
    private float[] _inverseDeviation = [];
    private Matrix _normalised = null!;

    public NormLayer(NormParameters? weights, NormParameters? gradients, Workers workers)
    {
        _weights = weights;
        _gradients = gradients;
        _workers = workers;
    }

    /// <summary>Whether there is a normalisation.</summary>
    public bool Exists => _weights is not null;

    /// <summary>What the layer behind it reads: the normalised input, or the input itself.</summary>
    public Matrix Forward(Matrix input)
    {
        if (_weights is null)
        {
            return input;
        }

        var output = _outputMemory.View(input.Rows, input.Columns);
        _normalised = _normalisedMemory.View(input.Rows, input.Columns);
        if (_inverseDeviation.Length < input.Rows)
        {
            _inverseDeviation = new float[input.Rows];
        }

        LayerNorm.Forward(
            output, _normalised, _inverseDeviation.AsSpan(0, input.Rows), input, _weights.Gain.AsSpan(), _weights.Bias.AsSpan(),
            workers: _workers);
        return output;
    }

    /// <summary>The gradient of the input; writes those of gain and bias. Only where <see cref="Exists"/>.</summary>
    public Matrix Backward(Matrix outputGradient)
    {
        var result = _gradientMemory.View(outputGradient.Rows, outputGradient.Columns);
        _gradients!.Gain.Clear();
        _gradients.Bias.Clear();
        LayerNorm.Backward(
            result, _gradients.Gain.AsSpan(), _gradients.Bias.AsSpan(), outputGradient, _normalised,
            _inverseDeviation.AsSpan(0, outputGradient.Rows), _weights!.Gain.AsSpan(), _workers);
        return result;
    }
}
