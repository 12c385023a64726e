using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Husai.Formats.Tensors;

namespace Husai.Formats.Torch;

/// <summary>Writes the pickle of an ordered dictionary of contiguous tensors, as torch.save would (protocol 2, no memo).</summary>
internal sealed class StateDictPickle
{
    private readonly ArrayBufferWriter<byte> _output = new();

    public static byte[] Write(IReadOnlyList<NamedTensor> tensors)
    {
        var pickle = new StateDictPickle();
        pickle.Put([0x80, 2]);
        pickle.PutGlobal("collections", "OrderedDict");
        pickle.Put(")R("u8);
        for (var i = 0; i < tensors.Count; i++)
        {
            pickle.PutText(tensors[i].Name);
            pickle.PutTensor(tensors[i], $"{i}");
        }

        pickle.Put("u."u8);
        return pickle._output.WrittenSpan.ToArray();
    }

    private void PutTensor(NamedTensor tensor, string key)
    {
        var elements = tensor.Data.Length / tensor.Type.Size();
        PutGlobal("torch._utils", "_rebuild_tensor_v2");
        Put("(("u8);
        PutText("storage");
        PutGlobal("torch", TorchStorage.Global(tensor));
        PutText(key);
        PutText("cpu");
        PutInteger(elements);
        Put("tQ"u8);
        PutInteger(0);
        PutTuple(tensor.Shape);
        PutTuple(Strides(tensor.Shape));

        // requires_grad False, and no backward hooks.
        Put([0x89]);
        PutGlobal("collections", "OrderedDict");
        Put(")RtR"u8);
    }

    private static long[] Strides(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        var stride = 1L;
        for (var axis = shape.Count - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= Math.Max(shape[axis], 1);
        }

        return strides;
    }

    private void PutTuple(IReadOnlyList<long> values)
    {
        Put("("u8);
        foreach (var value in values)
        {
            PutInteger(value);
        }

        Put("t"u8);
    }

    private void PutInteger(long value)
    {
        Span<byte> bytes = stackalloc byte[10];
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            bytes[0] = (byte)'J';
            BinaryPrimitives.WriteInt32LittleEndian(bytes[1..], (int)value);
            Put(bytes[..5]);
        }
        else
        {
            bytes[0] = 0x8A;
            bytes[1] = 8;
            BinaryPrimitives.WriteInt64LittleEndian(bytes[2..], value);
            Put(bytes);
        }
    }

    private void PutText(string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Span<byte> start = stackalloc byte[5];
        start[0] = (byte)'X';
        BinaryPrimitives.WriteInt32LittleEndian(start[1..], encoded.Length);
        Put(start);
        Put(encoded);
    }

    private void PutGlobal(string module, string name) => Put(Encoding.ASCII.GetBytes($"c{module}\n{name}\n"));

    private void Put(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
