using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Torch;

namespace Husai.Formats.Tests.Torch;

public sealed class PickleReaderTests
{
    [Fact]
    public void Plain_values_are_read()
    {
        // pickle.dumps((None, True, False, 5, 300, -2, 1 << 40, 0.5, "é", [1, 2], {"a": 1}), protocol=2), without memos.
        byte[] pickle =
        [
            0x80, 2, .. "(N"u8, 0x88, 0x89, (byte)'K', 5, (byte)'M', 44, 1, (byte)'J', 254, 255, 255, 255,
            0x8A, 6, 0, 0, 0, 0, 0, 1, (byte)'G', 0x3F, 0xE0, 0, 0, 0, 0, 0, 0, (byte)'X', 2, 0, 0, 0, 0xC3, 0xA9,
            .. "](K"u8, 1, (byte)'K', 2, .. "e}X"u8, 1, 0, 0, 0, .. "aK"u8, 1, .. "st."u8,
        ];
        var values = Assert.IsType<object?[]>(PickleReader.Read(pickle, "x"));
        Assert.Equal([null, true, false, 5L, 300L, -2L, 1L << 40, 0.5, "é"], values[..9]);
        Assert.Equal([1L, 2L], Assert.IsType<List<object?>>(values[9]));
        Assert.Equal([new("a", 1L)], Assert.IsType<PickleDictionary>(values[10]).Items);
    }

    [Theory]
    [InlineData(new byte[] { 0x8A, 0 }, 0)]
    [InlineData(new byte[] { 0x8A, 1, 255 }, -1)]
    [InlineData(new byte[] { 0x8A, 2, 255, 0 }, 255)]
    [InlineData(new byte[] { 0x8A, 8, 0, 0, 0, 0, 0, 0, 0, 128 }, long.MinValue)]
    public void Long_integers_are_twos_complement(byte[] code, long expected) =>
        Assert.Equal(expected, PickleReader.Read([.. code, (byte)'.'], "x"));

    [Theory]
    [InlineData("cos\nsystem\n(X\u0004\0\0\0truetR.", "'os.system'")]
    [InlineData("cposix\nsystem\n.", "'posix.system'")]
    [InlineData("cbuiltins\neval\n.", "'builtins.eval'")]
    [InlineData("c__builtin__\nexec\n.", "'__builtin__.exec'")]
    [InlineData("](cruntime\nhidden\nh\0e.", "'runtime.hidden'")]
    [InlineData("ctorch.FloatStorage\n__reduce__\n.", "'torch.FloatStorage.__reduce__'")]
    [InlineData("ccollections.OrderedDict\n\n.", "'collections.OrderedDict.'")]
    [InlineData("cos", "name without an end")]
    [InlineData("I1\n.", "operation 0x49")]
    [InlineData("ios\nsystem\n.", "operation 0x69")]
    [InlineData("(oR.", "operation 0x6F")]
    [InlineData("\u0093.", "operation 0x93")]
    [InlineData("\u0080\u0004.", "protocol 4")]
    [InlineData("ccollections\nOrderedDict\n(K\u0001tR.", "arguments that it does not take")]
    [InlineData("X\u0001\0\0\0aX\u0001\0\0\0bR.", "calls something that is not a name")]
    [InlineData("K\u0001Q.", "in a way that is not known")]
    [InlineData("X\u0001\0\0\0aN.", null)]
    [InlineData(".", "where there is none")]
    [InlineData("(.", "where there is none")]
    [InlineData("t.", "lacks a mark")]
    [InlineData("h\u0007.", "never memorised")]
    [InlineData("NNa.", "not a list")]
    [InlineData("NNNs.", "not a dictionary")]
    [InlineData("}(Nu.", "key without a value")]
    [InlineData("NNb.", "not a dictionary")]
    [InlineData("X\u00FF\u00FF\u00FF\u00FF.", "ends too early")]
    [InlineData("\u008A\u00FF.", "ends too early")]
    [InlineData("\u008A\u000A1234567890.", "more than 64 bits")]
    public void Anything_dangerous_or_damaged_is_refused_by_name(string pickle, string? reason)
    {
        var bytes = Encoding.Latin1.GetBytes(pickle);
        if (reason is null)
        {
            Assert.Null(PickleReader.Read(bytes, "x.pt"));
            return;
        }

        var error = Assert.Throws<InvalidFileException>(() => PickleReader.Read(bytes, "x.pt"));
        Assert.StartsWith("x.pt: its pickle ", error.Message);
        Assert.Contains(reason, error.Message);
    }

    [Theory]
    [InlineData("]", 1)]
    [InlineData("(", 1)]
    [InlineData("h\0", 2)]
    public void A_pickle_of_many_small_objects_ends_at_its_budget(string repeated, int length)
    {
        var code = Encoding.Latin1.GetBytes(repeated);
        var pickle = new byte[2 + 600_000 * length];
        "Nq"u8.CopyTo(pickle);
        var at = 3;
        while (at + length <= pickle.Length)
        {
            code.CopyTo(pickle, at);
            at += length;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidFileException>(() => PickleReader.Read(pickle, "x.pt"));
        Assert.Contains("builds more than 300000 objects", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }
}
