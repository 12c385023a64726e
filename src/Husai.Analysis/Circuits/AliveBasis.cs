using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;

namespace Husai.Analysis.Circuits;

/// <summary>The latents of a basis that can be measured, with their spectra and functions.</summary>
internal sealed class AliveBasis
{
    public required int[] Latents { get; init; }

    public required int Dead { get; init; }

    public required int ZeroRows { get; init; }

    public required Matrix Decoder { get; init; }

    public required Matrix? Encoder { get; init; }

    public required Matrix Maps { get; init; }

    public required LineSpectrum Spectrum { get; init; }

    public required LatentFunction[] Functions { get; init; }

    /// <summary>Variance of each latent's contribution to the reconstruction, scaled to sum to 1.</summary>
    public required double[] VarianceShares { get; init; }

    public static AliveBasis Of(BasisUnderTest basis, int modulus, RecoveryOptions options, Workers? workers)
    {
        var spectrum = LineSpectrum.Of(basis.Maps, modulus, workers);
        var functions = LatentFunctions.Of(basis.Maps, spectrum);
        var frequencies = Array.ConvertAll(functions, function => function.Class == LatentClass.Dead ? 0 : function.Duty);
        var alive = LatentSelection.Of(
            new LatentDictionary(basis.Dictionary.Name, basis.Dictionary.Decoder, null, frequencies),
            new SimilarityOptions { DeadThreshold = Math.Max(options.DeadThreshold, double.Epsilon) });
        var maps = alive.RowsOf(basis.Maps);
        var decoder = alive.RowsOf(basis.Dictionary.Decoder);
        var chosen = Array.ConvertAll(alive.Latents, latent => functions[latent]);
        var variances = chosen.Select((function, index) => function.Variance * Reductions.SumOfSquares(decoder.Row(index))).ToArray();
        var total = variances.Sum();
        return new AliveBasis
        {
            Latents = alive.Latents,
            Dead = alive.Dead,
            ZeroRows = alive.ZeroRows,
            Decoder = decoder,
            Encoder = basis.Dictionary.Encoder is null ? null : alive.RowsOf(basis.Dictionary.Encoder),
            Maps = maps,
            Spectrum = spectrum.Select(alive.Latents),
            Functions = chosen,
            VarianceShares = Array.ConvertAll(variances, variance => variance / total),
        };
    }
}
