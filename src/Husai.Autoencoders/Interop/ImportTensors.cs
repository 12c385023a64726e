using System.Globalization;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Interop;

/// <summary>
/// The tensors of a checkpoint by name, some under a common prefix. What is read is checked to be finite and is noted, so that
/// nothing that the file holds is dropped in silence: <see cref="RequireAllRead"/>.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="file">Its tensors.</param>
/// <param name="names">Names of all that the file holds, read or not; null for the tensors of <paramref name="file"/>.</param>
/// <param name="prefix">What stands before the names of the SAE's own tensors.</param>
internal sealed class ImportTensors(string path, TensorFile file, IReadOnlyCollection<string>? names = null, string prefix = "")
{
    private const int MostNamesShown = 8;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Path => path;

    /// <summary>A PyTorch checkpoint, whose plain values (numbers, texts) are looked at like tensors.</summary>
    public static ImportTensors OfTorch(string path, TensorFile file, string prefix = "") =>
        new(path, file, [.. file.Tensors.Keys, .. file.Metadata.Keys], prefix);

    /// <summary>A name as it stands in the file.</summary>
    public string FullName(string name) => prefix + name;

    /// <summary>Names of the SAE's own tensors that begin so, without the prefix.</summary>
    public IReadOnlyList<string> NamesUnder(string start) =>
        [.. Names.Where(name => name.StartsWith(prefix + start, StringComparison.Ordinal)).Select(name => name[prefix.Length..])
            .Order(StringComparer.Ordinal)];

    public bool Has(string name) => file.Tensors.ContainsKey(prefix + name) || file.Metadata.ContainsKey(prefix + name);

    /// <summary>A matrix of any size, for the first tensor of a layout: it sets latents and width.</summary>
    public Matrix Matrix(string name) => Finite(Require(name, -1, -1).ToMatrix(), name);

    public Matrix Matrix(string name, int rows, int columns) => Finite(Require(name, rows, columns).ToMatrix(), name);

    /// <summary>A matrix that was left in a safetensors file, read straight from it, without a second copy in memory.</summary>
    public Matrix MatrixInFile(string name, int rows, int columns)
    {
        _read.Add(prefix + name);
        return Finite(SafetensorsFile.ReadMatrix(path, prefix + name, rows, columns), name);
    }

    /// <summary>Checks a matrix that was left in a safetensors file, a row in memory at a time.</summary>
    public void CheckInFile(string name, int rows, int columns)
    {
        _read.Add(prefix + name);
        SafetensorsFile.VisitRows(path, prefix + name, rows, columns, (row, values) => RequireFinite(values, name, row));
    }

    public float[] Vector(string name, int length)
    {
        var values = Require(name, length).ToSingles();
        RequireFinite(values, name, row: null);
        return values;
    }

    /// <summary>A plain text, or null where there is none.</summary>
    public string? Text(string name)
    {
        _read.Add(prefix + name);
        return file.Metadata.GetValueOrDefault(prefix + name);
    }

    /// <summary>A number, stored as a scalar, as a list of one, or as a plain value.</summary>
    public double Number(string name)
    {
        if (!file.Tensors.ContainsKey(prefix + name) && Text(name) is { } text)
        {
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain) && double.IsFinite(plain)
                ? plain : throw new InvalidFileException(path, $"'{prefix}{name}' is '{text}' where a number is needed");
        }

        var tensor = Require(name);
        var value = tensor.Data.Length == 0 || tensor.Shape.Any(size => size != 1)
            ? throw new InvalidFileException(
                path, $"tensor '{prefix}{name}' has shape [{string.Join(", ", tensor.Shape)}] where one number is needed")
            : tensor.Type is TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 or TensorType.Float64
                ? tensor.ToDoubles()[0] : tensor.ToInt64s()[0];
        return double.IsFinite(value) ? value : throw NotFinite(name, value, "");
    }

    /// <summary>Notes what the library keeps beside the weights and does not use to encode or decode.</summary>
    /// <param name="harmless">Names, or beginnings of names where they end in a dot; from the start of the file, without the
    /// prefix.</param>
    public void Ignore(params ReadOnlySpan<string> harmless)
    {
        foreach (var known in harmless)
        {
            _read.UnionWith(
                Names.Where(name => name == known || (known.EndsWith('.') && name.StartsWith(known, StringComparison.Ordinal))));
        }
    }

    /// <summary>Makes sure that nothing is left: what is not read would be missing from the function.</summary>
    /// <param name="kind">What the SAE is, such as "a topk SAE of SAELens".</param>
    /// <exception cref="InvalidFileException">There is more in the file; the message names it.</exception>
    public void RequireAllRead(string kind)
    {
        var left = Names.Where(name => !_read.Contains(name)).Order(StringComparer.Ordinal).ToList();
        if (left.Count > 0)
        {
            throw new InvalidFileException(
                path, $"holds {FoundContent.List(left.Select(name => $"'{name}'"), MostNamesShown)}, which {kind} does not have: "
                    + "without it the result would be another function");
        }
    }

    private IReadOnlyCollection<string> Names => names ?? (IReadOnlyCollection<string>)[.. file.Tensors.Keys];

    private NamedTensor Require(string name, params long[] shape)
    {
        _read.Add(prefix + name);
        return file.Require(prefix + name, shape);
    }

    private Matrix Finite(Matrix matrix, string name)
    {
        for (var row = 0; row < matrix.Rows; row++)
        {
            RequireFinite(matrix.Row(row), name, row);
        }

        return matrix;
    }

    private void RequireFinite(ReadOnlySpan<float> values, string name, int? row)
    {
        if (FiniteValues.IndexOfNotFinite(values) is >= 0 and var i)
        {
            throw NotFinite(name, values[i], row is null ? $"[{i}]" : $"[{row}, {i}]");
        }
    }

    private InvalidFileException NotFinite(string name, double value, string index) => new(path, string.Create(
        CultureInfo.InvariantCulture, $"tensor '{prefix}{name}'{index} (counted from 0) is {value}: only finite weights can be used"));
}
