using Husai.Analysis.Chance;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Worlds;

/// <summary>What <see cref="TruthRecovery"/> comes to by chance: the means over decoders of as many random directions.</summary>
/// <param name="Mcc">Of <see cref="TruthRecovery.Mcc"/>.</param>
/// <param name="Uniqueness">Of <see cref="TruthRecovery.Uniqueness"/>.</param>
/// <param name="FeatureCosine">Of the mean of <see cref="TruthRecovery.FeatureCosines"/>: the same for all features, since a random decoder
/// prefers no direction.
/// </param>
/// <param name="FoundShare">Of <see cref="TruthRecovery.FoundShare"/>.</param>
internal sealed record RecoveryChance(ChanceLevel Mcc, ChanceLevel Uniqueness, ChanceLevel FeatureCosine, ChanceLevel FoundShare)
{
    /// <summary>Draws decoders without a preferred direction and matches each with the features.</summary>
    /// <param name="latents">Rows of a decoder, at least 1.</param>
    /// <param name="truth"><c>[features, width]</c>.</param>
    /// <param name="draws">Number of decoders, at least 2.</param>
    /// <param name="seed">Seed of the decoders.</param>
    /// <param name="workers">Threads to use; the calling one by default. A view's token ends it.</param>
    /// <param name="progress">Told how many are done; may be null.</param>
    /// <exception cref="ArgumentException">A side has no rows, or is too large for the assignment.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two draws.</exception>
    /// <exception cref="OperationCanceledException">The workers' token is set.</exception>
    public static RecoveryChance Draw(
        int latents, Matrix truth, int draws, ulong seed, Workers? workers = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 2);
        var (mcc, uniqueness, cosine, found) = (new double[draws], new double[draws], new double[draws], new double[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            var decoder = RandomDirections.Isotropic(latents, truth.Columns, new RandomStream(seed, "world.chance", (uint)draw));
            var recovery = TruthRecovery.Find(decoder, truth, workers);
            (mcc[draw], uniqueness[draw]) = (recovery.Mcc, recovery.Uniqueness);
            (cosine[draw], found[draw]) = (recovery.FeatureCosines.Average(value => (double)value), recovery.FoundShare);
            progress?.Invoke(draw + 1);
        }

        return new RecoveryChance(ChanceLevel.Of(mcc), ChanceLevel.Of(uniqueness), ChanceLevel.Of(cosine), ChanceLevel.Of(found));
    }
}
