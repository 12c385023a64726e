using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Husai.Libtorch;

/// <summary>
/// A full-batch epoch of the one-layer transformer of Nanda et al. 2023 on modular addition, every position through every layer, the loss
/// in double precision at '=', AdamW over all parameters: what <c>bench/transformer_epoch.py</c> runs on PyTorch.
/// </summary>
internal sealed class TransformerEpoch
{
    private const int Modulus = 113;
    private const int Width = 128;
    private const int Heads = 4;
    private const int HeadWidth = 32;
    private const int Neurons = 512;
    private const int Positions = 3;

    private readonly Tensor _tokens;
    private readonly Tensor _targets;
    private readonly Tensor _mask = full(Positions, Positions, float.NegativeInfinity).triu(1);
    private readonly Parameter _embedding = Normal(Width, Modulus + 1, Width);
    private readonly Parameter _position = Normal(Width, Positions, Width);
    private readonly Parameter _query = Normal(Width, Heads, Width, HeadWidth);
    private readonly Parameter _key = Normal(Width, Heads, Width, HeadWidth);
    private readonly Parameter _value = Normal(Width, Heads, Width, HeadWidth);
    private readonly Parameter _output = Normal(Width, Heads, HeadWidth, Width);
    private readonly Parameter _mlpIn = Normal(Width, Width, Neurons);
    private readonly Parameter _mlpInBias = nn.Parameter(zeros(Neurons));
    private readonly Parameter _mlpOut = Normal(Width, Neurons, Width);
    private readonly Parameter _mlpOutBias = nn.Parameter(zeros(Width));
    private readonly Parameter _unembedding = Normal(Modulus + 1, Width, Modulus);
    private readonly optim.Optimizer _optimiser;

    /// <param name="fraction">Share of the pairs that it trains on.</param>
    public TransformerEpoch(double fraction)
    {
        Pairs = (int)(fraction * Modulus * Modulus);
        var pairs = randperm(Modulus * Modulus)[..Pairs];
        var (first, second) = (pairs.div(Modulus, RoundingMode.floor), pairs.remainder(Modulus));
        _tokens = stack([first, second, full_like(first, Modulus)], 1);
        _targets = (first + second).remainder(Modulus);
        _optimiser = optim.AdamW(
            [_embedding, _position, _query, _key, _value, _output, _mlpIn, _mlpInBias, _mlpOut, _mlpOutBias, _unembedding], 1e-3,
            beta2: 0.98, weight_decay: 1);
    }

    /// <summary>Pairs that it trains on.</summary>
    public int Pairs { get; }

    public void Run()
    {
        var logits = Logits().select(1, Positions - 1).to(ScalarType.Float64);
        var loss = nn.functional.cross_entropy(logits, _targets);
        _optimiser.zero_grad();
        loss.backward();
        _optimiser.step();
    }

    private Tensor Logits()
    {
        var stream = _embedding[_tokens] + _position;
        var (query, key, value) = (ForHeads(stream, _query), ForHeads(stream, _key), ForHeads(stream, _value));
        var scores = einsum("bhtk,bhsk->bhts", query, key) / Math.Sqrt(HeadWidth) + _mask;
        var mixed = einsum("bhts,bhsk->bhtk", scores.softmax(-1), value);
        stream = stream + einsum("bhtk,hkd->btd", mixed, _output);
        stream = stream + (stream.matmul(_mlpIn) + _mlpInBias).relu().matmul(_mlpOut) + _mlpOutBias;
        return stream.matmul(_unembedding);
    }

    private static Tensor ForHeads(Tensor stream, Tensor weights) => einsum("btd,hdk->bhtk", stream, weights);

    private static Parameter Normal(int inputs, params long[] shape) => nn.Parameter(randn(shape) / Math.Sqrt(inputs));
}
