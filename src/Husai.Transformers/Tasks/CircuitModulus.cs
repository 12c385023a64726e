namespace Husai.Transformers.Tasks;

/// <summary>Of which moduli the Fourier circuit can be measured: odd ones, whose waves all come in pairs of a cosine and a sine.</summary>
internal static class CircuitModulus
{
    /// <summary>What training, inspection, studies and <c>husai circuit</c> say of even ones.</summary>
    public const string Rule = "husai circuit and studies measure waves, which takes an odd one";

    /// <summary>Why the circuit of a modulus is not measured; null if it is.</summary>
    /// <param name="modulus">The modulus.</param>
    public static string? Problem(int modulus) => modulus % 2 == 0 ? $"the modulus {modulus} is even: {Rule}" : null;
}
