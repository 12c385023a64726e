using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Husai.Libtorch;

/// <summary>
/// The usual dense training step of an SAE: encode, keep the k largest (or ReLU), decode, backward, Adam, decoder rows back to length 1.
/// There is no auxiliary loss.
/// </summary>
internal sealed class SaeStep
{
    private const int Batches = 8;
    private const double SparsityCoefficient = 1e-3;

    private readonly bool _isTopK;
    private readonly int _k;
    private readonly Tensor[] _batches;
    private readonly Parameter _encoder;
    private readonly Parameter _encoderBias;
    private readonly Parameter _decoder;
    private readonly Parameter _decoderBias;
    private readonly optim.Optimizer _optimiser;
    private int _next;

    /// <param name="isTopK">TopK, or else ReLU with an L1 penalty.</param>
    /// <param name="width">Width of the activations.</param>
    /// <param name="latents">Latents.</param>
    /// <param name="k">Latents kept for each row.</param>
    /// <param name="rows">Rows of a batch.</param>
    public SaeStep(bool isTopK, int width, int latents, int k, int rows)
    {
        random.manual_seed(0);
        (_isTopK, _k) = (isTopK, k);
        _batches = [.. Enumerable.Range(0, Batches).Select(_ => randn(rows, width))];
        _decoder = Parameter(functional.normalize(randn(latents, width), dim: 1));
        _encoder = Parameter(_decoder.detach().clone());
        _encoderBias = Parameter(zeros(latents));
        _decoderBias = Parameter(zeros(width));
        _optimiser = optim.Adam([_encoder, _encoderBias, _decoder, _decoderBias], 3e-4);
    }

    public void Run()
    {
        var rows = _batches[_next++ % Batches];
        var before = functional.linear(rows - _decoderBias, _encoder, _encoderBias);
        var code = _isTopK ? Largest(before) : before.relu();
        var loss = (code.mm(_decoder) + _decoderBias - rows).square().sum(-1).mean();
        if (!_isTopK)
        {
            loss = loss + SparsityCoefficient * code.sum(-1).mean();
        }

        _optimiser.zero_grad();
        loss.backward();
        _optimiser.step();
        using var noGradient = no_grad();
        _decoder.copy_(functional.normalize(_decoder, dim: 1));
    }

    private Tensor Largest(Tensor before)
    {
        var (values, indices) = before.topk(_k, -1);
        return zeros_like(before).scatter(-1, indices, values.relu());
    }
}
