using Husai.Numerics.Matrices;

namespace Husai.Transformers.Models;

/// <summary>Gain and bias of one layer normalisation.</summary>
internal sealed class NormParameters
{
    public NormParameters(ParameterStorage storage, string name, int width)
    {
        Gain = storage.Take(name + ".w", width);
        Bias = storage.Take(name + ".b", width);
    }

    public Matrix Gain { get; }

    public Matrix Bias { get; }
}
