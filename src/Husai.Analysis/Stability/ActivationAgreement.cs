using Husai.Numerics;

namespace Husai.Analysis;

/// <summary>How far dictionaries agree in what their latents do: the correlation of activations over the same rows (Bricken et al. 2023), in place of the cosine of directions.</summary>
/// <param name="Name">The similarity in full; cosines are of centred activations.</param>
/// <param name="Matrix">Similarity of every two, 1 on the diagonal.</param>
/// <param name="Mean">Mean over the pairs.</param>
/// <param name="Interval">Jackknife interval over seeds; without ends for two dictionaries.</param>
/// <param name="Shifted">What is left when the maps of one side are moved over the inputs at random, which keeps their shapes and breaks their meaning.</param>
public sealed record ActivationAgreement(string Name, double[][] Matrix, double Mean, Interval Interval, ChanceLevel Shifted)
{
    /// <summary>Compares activations over all inputs (a, b).</summary>
    /// <param name="bases">At least two; latents whose map is constant are left out.</param>
    /// <param name="modulus">The modulus p of the maps.</param>
    /// <param name="options">Matcher, confidence and the seed of the shifts; the cosine is signed.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    /// <exception cref="ArgumentException">Maps are not of p² inputs, or a basis has only constant ones.</exception>
    public static ActivationAgreement Of(IReadOnlyList<BasisUnderTest> bases, int modulus, StabilityOptions options, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(bases);
        ArgumentNullException.ThrowIfNull(options);
        var similarity = options.Similarity with
        {
            Cosine = CosineMeasure.Signed,
            Weights = MatchedWeights.Decoder,
            Reduction = MatchReduction.Mean,
            IncludeDead = true,
        };
        var maps = bases.Select(basis => ActivationMaps.Centred(basis.Dictionary.Name, basis.Maps)).ToArray();
        var matrix = SimilarityMatrix.Of(maps, similarity, workers);
        var shifted = new List<double>();
        for (var i = 0; i < maps.Length; i++)
        {
            var moved = ActivationMaps.Centred(
                maps[i].Name, ActivationMaps.CircularlyShifted(bases[i].Maps, modulus, new RandomStream(options.ChanceSeed, "chance.shifted", (uint)i)));
            for (var j = 0; j < maps.Length; j++)
            {
                if (j != i)
                {
                    shifted.Add(DictionarySimilarity.Between(moved, maps[j], similarity, workers).Value);
                }
            }
        }

        var interval = Jackknife.OfPairs(matrix, options.Confidence);
        return new ActivationAgreement(similarity.Name, SimilarityMatrix.ToRows(matrix), interval.Mean, interval, ChanceLevel.Of(shifted));
    }
}
