using Husai.Autoencoders.Architectures;

namespace Husai.Autoencoders.Engine;

/// <summary>Everything that a training step changes: weights, moments and counters. What is here is what a resumed run needs.</summary>
internal sealed class TrainingWeights
{
    private readonly Parameter[] _own;

    public TrainingWeights(TrainingMethod method, int latents, int width)
    {
        Latents = latents;
        Width = width;
        Encoder = new Parameter("encoder", latents, width);
        Decoder = new Parameter("decoder", latents, width);
        EncoderBias = new Parameter("encoder_bias", 1, latents);
        DecoderBias = new Parameter("decoder_bias", 1, width);
        RowsSinceFired = new long[latents];
        _own = [.. method.OwnParameters.Select(name => new Parameter(name, 1, latents))];
    }

    public int Latents { get; }

    public int Width { get; }

    /// <summary><c>[latents, width]</c>.</summary>
    public Parameter Encoder { get; }

    /// <summary><c>[latents, width]</c>.</summary>
    public Parameter Decoder { get; }

    /// <summary>One for each latent; the gate's of a gated SAE.</summary>
    public Parameter EncoderBias { get; }

    /// <summary>One for each coordinate.</summary>
    public Parameter DecoderBias { get; }

    /// <summary>Rows seen since each latent last fired.</summary>
    public long[] RowsSinceFired { get; }

    /// <summary>Steps taken.</summary>
    public long Step { get; set; }

    /// <summary>Where latents are chosen over the batch: running mean of the smallest value kept; below 0 before the first batch.</summary>
    public double RunningThreshold { get; set; } = -1;

    /// <summary>What steers the weight of the sparsity penalty, where it is steered.</summary>
    public SparsityControl SparsityControl { get; } = new();

    /// <summary>Active share of the latents in the last batch; decides between the sparse and the dense path.</summary>
    public double Density { get; set; } = 1;

    public IEnumerable<Parameter> Parameters => [Encoder, Decoder, EncoderBias, DecoderBias, .. _own];

    /// <summary>One of the method's own parameters, <c>[1, latents]</c>.</summary>
    /// <param name="name">As in <see cref="TrainingMethod.OwnParameters"/>.</param>
    public Parameter Own(string name) => _own.Single(parameter => parameter.Name == name);
}
