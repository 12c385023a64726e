using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Formats.Zip;

namespace Husai.Formats.Torch;

/// <summary>Reads and writes PyTorch checkpoints of tensors: zip archives with a pickle (torch.save since version 1.6).</summary>
/// <remarks>
/// Loading a checkpoint in Python can run any code it holds. Reading one here cannot: the pickle is read by a machine that
/// knows containers, numbers, texts and tensors, and refuses everything else by name.
/// </remarks>
internal static class TorchFile
{
    // The number 0x1950A86A20F9469CFC6C as a pickle has it. It stands, after the protocol and perhaps a frame, at the start of files
    // of torch.save before version 1.6, and of later ones without its zip format.
    private static ReadOnlySpan<byte> LegacyNumber => [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    private const byte ProtocolOpcode = 0x80;
    private const int StartLength = 32;

    /// <summary>
    /// Reads all tensors of a checkpoint. Nested dictionaries and lists are flattened, with a dot between the keys
    /// (<c>optimizer.state.0.exp_avg</c>); numbers, texts and booleans among them become metadata under their keys.
    /// </summary>
    /// <exception cref="InvalidFileException">
    /// The file is missing or damaged, is of the format before PyTorch 1.6, or holds anything but tensors and plain values.
    /// </exception>
    public static TensorFile Read(string path)
    {
        using var stream = InputFile.Open(path);
        return Read(stream, path);
    }

    /// <summary>The names under which <see cref="Read(string)"/> would give tensors and plain values, without reading a tensor.</summary>
    /// <exception cref="InvalidFileException">As for <see cref="Read(string)"/>.</exception>
    public static IReadOnlyList<string> ReadNames(string path)
    {
        using var stream = InputFile.Open(path);
        var (archive, root) = ReadPickle(stream, path);
        return new TorchFlattener(archive, path).Names(root);
    }

    /// <summary>Writes a state dict that PyTorch's <c>torch.load</c> reads, with <c>weights_only=True</c> too.</summary>
    /// <param name="path">The file to create or replace, as <see cref="AtomicFile"/> does.</param>
    /// <param name="tensors">The tensors, in the order in which the dictionary shall have them; their names must differ.</param>
    /// <exception cref="ArgumentException">Two tensors share a name, or one has an element type that PyTorch lacks.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IEnumerable<NamedTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = tensors.ToList();
        if (ordered.Select(tensor => tensor.Name).Distinct().Count() != ordered.Count)
        {
            throw new ArgumentException("two tensors share a name", nameof(tensors));
        }

        var pickle = StateDictPickle.Write(ordered);
        AtomicFile.Write(path, stream =>
        {
            const int alignment = 64;
            var zip = new ZipWriter(stream);
            zip.Add("archive/data.pkl", alignment, pickle);
            zip.Add("archive/byteorder", alignment, "little"u8.ToArray());
            for (var i = 0; i < ordered.Count; i++)
            {
                zip.Add($"archive/data/{i}", alignment, ordered[i].Data);
            }

            zip.Add("archive/version", alignment, "3\n"u8.ToArray());
            zip.Finish();
        });
    }

    internal static TensorFile Read(Stream stream, string path)
    {
        var (archive, root) = ReadPickle(stream, path);
        return new TorchFlattener(archive, path).Flatten(root);
    }

    private static (TorchArchive Archive, object? Root) ReadPickle(Stream stream, string path)
    {
        var start = InputFile.ReadBytes(stream, path, Math.Min(StartLength, stream.Length)).AsSpan();
        if (!start.StartsWith("PK\u0003\u0004"u8))
        {
            throw new InvalidFileException(path, WhatItIs(start));
        }

        var archive = new TorchArchive(stream, path);
        return (archive, PickleReader.Read(archive.ReadPickle(), path));
    }

    private static string WhatItIs(ReadOnlySpan<byte> start) =>
        start.IndexOf(
            LegacyNumber) >= 0 ? "is a checkpoint in the format of PyTorch before 1.6; load it in PyTorch and save it again with torch.save"
        : start is [
            ProtocolOpcode, <= 5,
            ..] ? "is a Python pickle, not a PyTorch checkpoint; load it in Python and save its state_dict() with torch.save"
        : "is not a PyTorch checkpoint: it does not start as a zip file does";
}
