using Husai.Formats;
using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>The tensors of a checkpoint by name, some under a common prefix.</summary>
internal sealed class ImportTensors(string path, TensorFile file, string prefix = "")
{
    public string Path => path;

    public bool Has(string name) => file.Tensors.ContainsKey(prefix + name);

    /// <summary>A matrix of any size, for the first tensor of a layout: it sets latents and width.</summary>
    public Matrix Matrix(string name) => file.Require(prefix + name, -1, -1).ToMatrix();

    public Matrix Matrix(string name, int rows, int columns) => file.Require(prefix + name, rows, columns).ToMatrix();

    public float[] Vector(string name, int length) => file.Require(prefix + name, length).ToSingles();

    /// <summary>A number, stored as a scalar or as a list of one.</summary>
    public double Number(string name)
    {
        var tensor = file.Require(prefix + name);
        return tensor.Data.Length == 0 || tensor.Shape.Any(size => size != 1)
            ? throw new InvalidFileException(path, $"tensor '{prefix}{name}' has shape [{string.Join(", ", tensor.Shape)}] where one number is needed")
            : tensor.Type is TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 or TensorType.Float64
                ? tensor.ToDoubles()[0] : tensor.ToInt64s()[0];
    }

    /// <summary>The number of latents that may fire on a row.</summary>
    public int K(string name, int latents)
    {
        var k = Number(name);
        return k >= 1 && k <= latents && k == Math.Floor(k)
            ? (int)k : throw new InvalidFileException(path, $"'{name}' is {k}, but there are {latents} latents to choose from");
    }
}
