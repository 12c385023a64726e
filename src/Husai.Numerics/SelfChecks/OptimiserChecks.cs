using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.SelfChecks;

/// <summary>Optimiser steps and gradient clipping.</summary>
internal static class OptimiserChecks
{
    private const int Length = 50_003;

    public static IReadOnlyList<KernelCheck> All { get; } =
    [
        new("adam", (inputs, workers, output) => RunAdam(0, inputs, workers, output)),
        new("adamw", (inputs, workers, output) => RunAdam(0.1, inputs, workers, output)),
        new("gradient clipping", (inputs, workers, output) =>
        {
            Matrix[] gradients = [inputs.Normal(113, 127), inputs.Normal(1, 33), inputs.Normal(300, 40)];
            output.Add(GradientClipping.Clip(gradients, maximumNorm: 1, workers));
            foreach (var gradient in gradients)
            {
                output.Add(gradient);
            }
        }),
    ];

    private static void RunAdam(double weightDecay, RandomStream inputs, Workers workers, OutputHash output)
    {
        var (weights, first, second) = (inputs.NormalRow(Length), new float[Length], new float[Length]);
        for (var step = 1; step <= 2; step++)
        {
            Adam.Step(
                weights, first, second, inputs.NormalRow(Length), new AdamSettings(1e-3, WeightDecay: weightDecay), step, 0.5f, workers);
        }

        output.Add<float>(weights);
        output.Add<float>(first);
        output.Add<float>(second);
    }
}
