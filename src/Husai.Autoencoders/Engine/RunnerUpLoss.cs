using Husai.Autoencoders.Options;
using Husai.Numerics.Kernels;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// <see cref="AuxiliaryLoss.RunnerUp"/>: <c>c / rows * sum_i E_i S_i</c>, with <c>E_i</c> the squared error of row i and <c>S_i</c> the sum
/// of the k largest <c>|p_ij|</c> over the latents j that the row did not choose.
/// </summary>
/// <remarks>
/// <c>E_i</c> has a gradient too: that of the reconstruction, times <c>1 + S_i c / w</c> with w the weight of the reconstruction. A
/// runner-up's pre-activation has the gradient <c>c / rows E_i sign(p_ij)</c>; its decoder row has none, as it takes no part.
/// </remarks>
internal sealed unsafe class RunnerUpLoss
{
    private readonly float _errorFactor;
    private readonly int _latents;
    private readonly Matrix[] _magnitudes;
    private readonly EntryBlock[] _found;

    public RunnerUpLoss(EngineSettings settings, TrainingWeights weights, int threads)
    {
        _errorFactor = (float)(settings.RunnerUpCoefficient / settings.ReconstructionWeight);
        _latents = weights.Latents;
        _magnitudes = [.. Enumerable.Range(0, threads).Select(_ => new Matrix(1, Lanes.Padded(weights.Latents)))];
        _found = [.. Enumerable.Range(0, threads).Select(_ => new EntryBlock())];
    }

    /// <summary>The runners-up of a block of rows so far; until <see cref="Weigh"/> with their pre-activations as values.</summary>
    public EntryBlock Found(int worker) => _found[worker];

    /// <summary>Finds the runners-up of a row, which is the last of those that have chosen.</summary>
    /// <param name="row">Pre-activations of all latents.</param>
    /// <param name="k">How many.</param>
    /// <param name="chosen">What the row and those before it chose.</param>
    /// <param name="worker">The thread.</param>
    public void Find(float* row, int k, EntryBlock chosen, int worker)
    {
        var magnitudes = Parameter.Address(_magnitudes[worker], 0);
        for (var latent = 0; latent < _latents; latent++)
        {
            magnitudes[latent] = Math.Abs(row[latent]);
        }

        for (var entry = chosen.RowStart(chosen.Rows - 1); entry < chosen.Count; entry++)
        {
            magnitudes[chosen.Latents[entry]] = 0;
        }

        var found = _found[worker];
        RowSelection.TopK(magnitudes, _latents, k, found);
        for (var entry = found.RowStart(found.Rows - 1); entry < found.Count; entry++)
        {
            found.Values[entry] = row[found.Latents[entry]];
        }
    }

    /// <summary>Adds the loss's gradients to those of a row's reconstruction, and gives its runners-up theirs.</summary>
    /// <param name="runnersUp">Of the row's block; values become 0, their weight in the decoder's gradient.</param>
    /// <param name="row">The row in the block.</param>
    /// <param name="error">The row's squared error.</param>
    /// <param name="outputGradient">The row's output gradient.</param>
    /// <param name="vectors">Its length.</param>
    /// <param name="chosen">The block's chosen latents, with the gradients of the reconstruction.</param>
    /// <returns>E_i S_i.</returns>
    public double Weigh(EntryBlock runnersUp, int row, float error, float* outputGradient, int vectors, EntryBlock chosen)
    {
        var sum = 0f;
        for (var entry = runnersUp.RowStart(row); entry < runnersUp.RowStart(row + 1); entry++)
        {
            sum += Math.Abs(runnersUp.Values[entry]);
            runnersUp.Gradients[entry] = MathF.CopySign(error, runnersUp.Values[entry]);
            runnersUp.Values[entry] = 0;
        }

        var factor = 1 + _errorFactor * sum;
        RowKernels.Scale(outputGradient, factor, vectors);
        for (var entry = chosen.RowStart(row); entry < chosen.RowStart(row + 1); entry++)
        {
            chosen.Gradients[entry] *= factor;
        }

        return (double)error * sum;
    }
}
