using System.Buffers.Binary;
using System.Text;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Formats.Tests.Safetensors;

/// <summary>Builds safetensors files from a header and a number of zero bytes, valid or not.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, int dataLength, long? headerLength = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, headerLength ?? json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }

    public static TensorFile Read(byte[] bytes) => SafetensorsFile.Read(new MemoryStream(bytes), "test.safetensors");
}
