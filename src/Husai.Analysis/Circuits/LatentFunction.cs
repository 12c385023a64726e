namespace Husai.Analysis.Circuits;

/// <summary>What the map of one latent over all inputs (a, b) shows. Shares are of its power about the mean.</summary>
/// <param name="Class">What it computes.</param>
/// <param name="Variance">Variance of the map.</param>
/// <param name="Duty">Share of inputs on which it is above zero.</param>
/// <param name="Purity">Largest share of one frequency over the four lines (Nanda et al. 2023: the eight cells of a frequency).</param>
/// <param name="PurityFrequency">That frequency.</param>
/// <param name="SingleLine">Largest share of one frequency along one line.</param>
/// <param name="SumAny">Share that depends on a + b alone.</param>
/// <param name="Operand">Share that depends on a alone or on b alone, the larger.</param>
/// <param name="H3">Largest share of one frequency and its second and third harmonics along a + b.</param>
/// <param name="H3Frequency">That frequency.</param>
/// <param name="Ceiling">Share of the fundamental that a rectified cosine of the same duty would have.</param>
public sealed record LatentFunction(
    LatentClass Class, double Variance, double Duty, double Purity, int PurityFrequency, double SingleLine,
    double SumAny, double Operand, double H3, int H3Frequency, double Ceiling)
{
    /// <summary>The frequency of the larger of purity and H3.</summary>
    public int Frequency => Purity >= H3 ? PurityFrequency : H3Frequency;
}
