using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Histograms;
using Husai.Formats.Numpy;
using Husai.Formats.TensorBoard;
using Husai.Formats.Torch;
using Husai.Formats.Wandb;
using Husai.Formats.Zip;

namespace Husai.Formats.Fuzzing;

/// <summary>All readers, with valid files of NumPy, PyTorch and our own writers as seeds.</summary>
public static class FuzzTargets
{
    private const string Name = "fuzz";
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Oracles", "formats");

    /// <summary>Whole files, and their inner parts wrapped whole again, so that damage gets past the outer checks.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("safetensors", [Safetensors(Headers[0]), Safetensors(Headers[1]), Safetensors(Headers[2])], ReadSafetensors),
        new("safetensors-header", [.. Headers.Select(Encoding.UTF8.GetBytes)], bytes => ReadSafetensors(Safetensors(bytes))),
        new("npy", Files("*.npy"), ReadNumpy),
        new("npy-header", [.. Files("*.npy").Select(NumpyHeaderText)], bytes => ReadNumpy(Numpy(bytes))),
        new("npz", Files("*.npz"), bytes => NumpyArchive.Read(new MemoryStream(bytes), Name)),
        new("npz-member", Files("*.npy"), bytes => NumpyArchive.Read(Zip(("a.npy", bytes)), Name)),
        new("pt", Files("*.pt"), bytes => TorchFile.Read(new MemoryStream(bytes), Name)),
        new("pickle", [.. Files("*.pt").Select(Pickle).OfType<byte[]>()], ReadPickle),
        new("events", [Events()], bytes => RecordFile.Read(bytes)),
        new("wandb", [Log(10, 200), Log(1, 33_000)], bytes => WandbLogFile.Read(bytes)),
        .. FolderTargets.All,
    ];

    private static string[] Headers =>
    [
        """{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}}""",
        """{"a":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"b\u00e9":{"dtype":"BF16","shape":[2,0,4],"data_offsets":[8,8]},"c":{"dtype":"U8","shape":[16],"data_offsets":[8,24]}}""",
        """ {"x":{"data_offsets":[16,24],"shape":[4,1],"dtype":"F16"},"y":{"dtype":"BOOL","shape":[2,2,2,2],"data_offsets":[0,16]}}   """,
    ];

    private static void ReadSafetensors(byte[] bytes) => Husai.Formats.Safetensors.SafetensorsFile.Read(new MemoryStream(bytes), Name);

    private static void ReadNumpy(byte[] bytes) => NumpyFile.Read(new MemoryStream(bytes), Name, Name);

    // The data has 24 bytes, as all the headers say.
    private static byte[] Safetensors(string header) => Safetensors(Encoding.UTF8.GetBytes(header));

    private static byte[] Safetensors(byte[] header)
    {
        var file = new byte[8 + header.Length + 24];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private static byte[] NumpyHeaderText(byte[] file) => file[10..(10 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8)))];

    private static byte[] Numpy(byte[] header)
    {
        byte[] start = [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8)];
        return [.. start, .. header, .. new byte[24]];
    }

    private static MemoryStream Zip(params ReadOnlySpan<(string Name, byte[] Content)> members)
    {
        var stream = new MemoryStream();
        var zip = new ZipWriter(stream);
        foreach (var (name, content) in members)
        {
            zip.Add(name, 1, content);
        }

        zip.Finish();
        stream.Position = 0;
        return stream;
    }

    private static byte[]? Pickle(byte[] checkpoint)
    {
        if (!checkpoint.AsSpan().StartsWith("PK"u8))
        {
            return null;
        }

        using var zip = new ZipArchive(new MemoryStream(checkpoint));
        using var member = zip.Entries.First(entry => entry.Name == "data.pkl").Open();
        var content = new MemoryStream();
        member.CopyTo(content);
        return content.ToArray();
    }

    private static void ReadPickle(byte[] pickle)
    {
        // Twenty storages, as many as the largest of the seeds refers to.
        var storages = Enumerable.Range(0, 20).Select(key => ($"x/data/{key}", new byte[128]));
        TorchFile.Read(Zip([("x/data.pkl", pickle), .. storages]), Name);
    }

    private static byte[] Events() => WithFile(path =>
    {
        using var writer = new TensorBoardEventWriter(path, new FixedTime());
        writer.WriteScalar("loss", 1, 0.5f);
        writer.WriteHistogram("acts", 2, new Histogram([1, 2, 3]));
        return writer.Path;
    });

    private static byte[] Log(int count, int length) => WithFile(folder =>
    {
        var path = Path.Combine(folder, "x.wandb");
        using var log = new WandbLog(NewFile.Create(path));
        for (var i = 0; i < count; i++)
        {
            log.Write(Enumerable.Repeat((byte)i, length + i).ToArray());
        }

        return path;
    });

    private static byte[] WithFile(Func<string, string> write)
    {
        var folder = Directory.CreateTempSubdirectory("husai-fuzz-");
        try
        {
            return File.ReadAllBytes(write(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // All of NumPy's and PyTorch's files, also those that a reader refuses whole.
    private static byte[][] Files(string pattern) =>
        [.. Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddDays(1);
    }
}
