using Husai.Autoencoders.Architectures;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>What stays the same over all steps of a training, with every default resolved.</summary>
internal sealed record EngineSettings
{
    /// <summary>What is computed.</summary>
    public required TrainingMethod Method { get; init; }

    /// <summary>Rows of the largest batch.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Factor on the squared error of a row.</summary>
    public double ReconstructionWeight { get; init; } = 1;

    /// <summary>Factor on the inputs.</summary>
    public float InputScale { get; init; } = 1;

    /// <summary>Weight of the L1 norm of a row's code, of its gates (gated), or of its L0 norm (JumpReLU).</summary>
    public double SparsityCoefficient { get; init; }

    /// <summary>ReLU: whether the L1 norm weighs each latent by the norm of its decoder row.</summary>
    public bool WeightsByDecoderNorm { get; init; }

    /// <summary>JumpReLU: the L0 that the penalty pulls to; 0 for a penalty linear in L0.</summary>
    public double TargetL0 { get; init; }

    /// <summary>JumpReLU: width of the kernel through which the thresholds get gradients.</summary>
    public double Bandwidth { get; init; } = 0.001;

    /// <summary>JumpReLU: whether the logarithms of the thresholds learn.</summary>
    public bool LearnsLogThreshold { get; init; }

    /// <summary>
    /// L0 that the weight of the sparsity penalty is steered to (<see cref="SparsityControl"/>); 0 for a constant weight.
    /// </summary>
    public double ControlledL0 { get; init; }

    /// <summary>Matryoshka: ends of the nested dictionaries, ascending, the last the number of latents.</summary>
    public int[] NestedWidths { get; init; } = [];

    /// <summary>Matryoshka: whether the loss is the sum of the dictionaries' errors, not their mean.</summary>
    public bool SumsNestedErrors { get; init; }

    /// <summary>Whether latents are chosen by pre-activation times norm of the decoder row.</summary>
    public bool RescalesByDecoderNorm { get; init; }

    /// <summary>Share of the old value that the running threshold of BatchTopK keeps.</summary>
    public double ThresholdMomentum { get; init; } = 0.999;

    /// <summary>Weight of the dead latents' reconstruction of the residual; 0 for none.</summary>
    public double AuxiliaryCoefficient { get; init; }

    /// <summary>Whether that is the loss of <see cref="LevelAuxiliary"/>.</summary>
    public bool AuxiliaryByLevel { get; init; }

    /// <summary>Weight of the loss on runners-up (<see cref="RunnerUpLoss"/>); 0 for none.</summary>
    public double RunnerUpCoefficient { get; init; }

    /// <summary>Dead latents that reconstruct the residual of a row.</summary>
    public int AuxiliaryK { get; init; }

    /// <summary>Rows without firing that make a latent dead.</summary>
    public long DeadAfterRows { get; init; } = long.MaxValue;

    /// <summary>Whether decoder rows keep length 1.</summary>
    public bool NormalisesDecoder { get; init; } = true;

    /// <summary>Whether the part of a decoder row's gradient along the row is removed.</summary>
    public bool ProjectsDecoderGradient { get; init; } = true;

    /// <summary>Latents, the first ones, whose decoder rows are never changed.</summary>
    public int PinnedLatents { get; init; }

    /// <summary>Latents, the first ones, whose encoder rows and biases are never changed.</summary>
    public int PinnedEncoders { get; init; }

    /// <summary>Whether there is a decoder bias; without one it stays 0.</summary>
    public bool HasDecoderBias { get; init; } = true;

    /// <summary>Whether encoder rows are never changed.</summary>
    public bool KeepsEncoder { get; init; }

    /// <summary>
    /// <c>[latents, padded width]</c>: rows of length 1 that the decoder's are held near (<see cref="DecoderConstraint.HoldNear"/>); null
    /// where they are free.
    /// </summary>
    public Matrix? DecoderStart { get; init; }

    /// <summary>Largest norm of the gradient of all parameters together; 0 for none.</summary>
    public double GradientClipNorm { get; init; }

    public double Beta1 { get; init; } = 0.9;

    public double Beta2 { get; init; } = 0.999;

    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Active share of the latents from which on a ReLU step is computed with dense products.</summary>
    public double DenseAbove { get; init; } = 0.2;
}
