using System.Text;
using Husai.Formats.Checksums;
using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Formats.Zip;

namespace Husai.Formats.Torch;

/// <summary>The members of a PyTorch checkpoint, and the tensors that views of them make.</summary>
internal sealed class TorchArchive
{
    private const long Slack = 64L << 20;

    // What PyTorch writes after torch.serialization.set_crc32_options(False).
    private const uint NoChecksum = 0;
    private readonly Stream _stream;
    private readonly string _path;
    private readonly string _root;
    private readonly Dictionary<string, ZipMember> _members;
    private readonly HashSet<string> _checked = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, TensorType Type, long Offset, string Layout), byte[]> _read = [];
    private long _budget;

    public TorchArchive(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        _budget = stream.Length + Slack;
        var members = ZipDirectory.Read(stream, path);
        _members = members.ToDictionary(member => member.Name, StringComparer.Ordinal);

        // All members lie in one folder, named after the file that was first written.
        _root = members.Count > 0 && members[0].Name.IndexOf('/') is > 0 and var slash ? members[0].Name[..(slash + 1)] : "";
        if (_members.ContainsKey(_root + "constants.pkl"))
        {
            throw new InvalidFileException(path, "is a TorchScript program; save its state_dict() with torch.save");
        }

        if (_members.TryGetValue(_root + "byteorder", out var order) && ReadSmall(order, 16) != "little")
        {
            throw new InvalidFileException(path, "was written on a big-endian machine, which is not supported");
        }
    }

    public byte[] ReadPickle()
    {
        if (!_members.TryGetValue(_root + "data.pkl", out var member))
        {
            throw new InvalidFileException(_path, "is a zip file but no PyTorch checkpoint: it has no data.pkl");
        }

        if (member.Length > PickleReader.MaximumLength)
        {
            throw new InvalidFileException(
                _path, $"has a pickle of {member.Length} bytes; at most {PickleReader.MaximumLength} are supported");
        }

        _stream.Position = FindWhole(member);
        return InputFile.ReadBytes(_stream, _path, member.Length);
    }

    /// <summary>The elements of a view, row-major. Views of the same elements share one array.</summary>
    public byte[] Read(TorchView view)
    {
        var layout = $"{string.Join(',', view.Shape)}/{string.Join(',', view.Strides)}";
        var key = (view.Storage.Key, view.Storage.Type, view.Offset, layout);
        if (!_read.TryGetValue(key, out var data))
        {
            _budget -= view.Elements * view.Storage.Type.Size();
            if (_budget < 0)
            {
                throw new InvalidFileException(
                    _path, "its tensors are views that together are far larger than the file; save them with .contiguous()");
            }

            data = ReadView(view);
            _read.Add(key, data);
        }

        return data;
    }

    private byte[] ReadView(TorchView view)
    {
        var name = $"{_root}data/{view.Storage.Key}";
        if (!_members.TryGetValue(name, out var member))
        {
            throw new InvalidFileException(_path, $"lacks the member '{name}', which a tensor needs");
        }

        var size = view.Storage.Type.Size();
        if (member.Length / size < view.Storage.Elements)
        {
            throw new InvalidFileException(
                _path, $"member '{name}' has {member.Length} bytes where {view.Storage.Elements} elements of {size} are needed");
        }

        var start = FindWhole(member);

        _stream.Position = start + view.Offset * size;
        return view.IsContiguous
            ? InputFile.ReadBytes(_stream, _path, view.Elements * size)
            : Gather(InputFile.ReadBytes(_stream, _path, view.Extent * size), view, size);
    }

    private byte[] Gather(byte[] source, TorchView view, int size)
    {
        if (view.Elements * size > Array.MaxLength)
        {
            throw new InvalidFileException(_path, "holds a strided tensor above 2 GiB; save it with .contiguous()");
        }

        var result = new byte[view.Elements * size];
        var index = new long[view.Shape.Length];
        var from = 0L;
        for (var to = 0; to < result.Length; to += size)
        {
            source.AsSpan((int)(from * size), size).CopyTo(result.AsSpan(to));
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                from += view.Strides[axis];
                if (++index[axis] < view.Shape[axis])
                {
                    break;
                }

                from -= view.Strides[axis] * view.Shape[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    // Views read parts of members, so the checksum is over one more reading, once a member.
    private long FindWhole(ZipMember member)
    {
        var start = ZipContent.FindStored(_stream, _path, member);
        if (member.Checksum != NoChecksum && _checked.Add(member.Name))
        {
            _stream.Position = start;
            if (Crc32.Of(_stream, _path, member.Length) != member.Checksum)
            {
                throw new InvalidFileException(_path, $"member '{member.Name}' fails its checksum: the file is damaged");
            }
        }

        return start;
    }

    private string ReadSmall(ZipMember member, int longest)
    {
        _stream.Position = FindWhole(member);
        return Encoding.ASCII.GetString(InputFile.ReadBytes(_stream, _path, Math.Min(member.Length, longest)));
    }
}
