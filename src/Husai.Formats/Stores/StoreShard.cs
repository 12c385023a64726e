using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Microsoft.Win32.SafeHandles;

namespace Husai.Formats.Stores;

/// <summary>An open shard of a store.</summary>
internal sealed class StoreShard : IDisposable
{
    public const string IdentityKey = "store";
    public const string IdsName = "token_ids";
    public const string ContextsName = "contexts";
    public const string DocumentsName = "documents";
    public const string OffsetsName = "offsets";
    public const string PositionsName = "positions";

    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly long _start;
    private readonly TensorType _type;
    private readonly int _width;

    private StoreShard(FileStream stream, string path, long start, TensorType type, int rows, int width)
    {
        (_stream, _handle, Path, _start, _type, Rows, _width) = (stream, stream.SafeFileHandle, path, start, type, rows, width);
    }

    public string Path { get; }

    public int Rows { get; }

    public static string NameOf(int index) => FormattableString.Invariant($"shard-{index:00000}.safetensors");

    /// <summary>Opens a shard and checks that it is one of a store.</summary>
    /// <exception cref="InvalidFileException">It is missing, damaged, or of another store.</exception>
    public static StoreShard Open(string path, StoreDescription description, string identity)
    {
        var stream = InputFile.Open(path);
        try
        {
            var header = SafetensorsHeader.Read(stream, path);
            if (header.Metadata.GetValueOrDefault(IdentityKey) != identity)
            {
                throw new InvalidFileException(path, "is a shard of another store");
            }

            var type = description.Type.Element();
            var values = header.Entries.FirstOrDefault(entry => entry.Name == ActivationFile.TensorName);
            return values is { Shape: [> 0 and <= int.MaxValue and var rows, var width] } && values.Type == type
                && width == description.Width
                ? new StoreShard(stream, path, header.DataStart + (long)values.Begin, type, (int)rows, (int)width)
                : throw new InvalidFileException(path, $"holds no {type} activations of width {description.Width}");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Copies consecutive rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="destination">Receives as many rows as it has.</param>
    /// <param name="memory">At least the bytes of the rows; overwritten.</param>
    public void CopyTo(int first, Matrix destination, byte[] memory)
    {
        var length = _width * _type.Size();
        var bytes = memory.AsSpan(0, destination.Rows * length);
        var position = _start + (long)first * length;
        for (var read = 0; read < bytes.Length;)
        {
            var count = RandomAccess.Read(_handle, bytes[read..], position + read);
            read += count > 0 ? count : throw new InvalidFileException(Path, "became shorter while it was read");
        }

        for (var row = 0; row < destination.Rows; row++)
        {
            TensorElements.Load(_type, bytes.Slice(row * length, length), destination.Row(row));
        }
    }

    /// <summary>Reads where its rows come from.</summary>
    public StoredToken[] ReadTokens()
    {
        string[] names = [IdsName, ContextsName, DocumentsName, OffsetsName, PositionsName];
        var file = SafetensorsFile.Read(Path, names);
        var columns = Array.ConvertAll(names, name => file.Require(name, Rows).ToInt64s());
        var tokens = new StoredToken[Rows];
        for (var row = 0; row < Rows; row++)
        {
            tokens[row] = new StoredToken(
                (int)columns[0][row], columns[1][row], columns[2][row], columns[3][row], (int)columns[4][row]);
        }

        return tokens;
    }

    public void Dispose() => _stream.Dispose();
}
