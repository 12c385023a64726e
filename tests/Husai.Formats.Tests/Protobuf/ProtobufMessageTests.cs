using Husai.Formats.Protobuf;

namespace Husai.Formats.Tests.Protobuf;

public sealed class ProtobufMessageTests
{
    [Fact]
    public void The_example_of_the_encoding_guide_has_its_bytes() =>
        Assert.Equal([0x08, 0x96, 0x01], new ProtobufMessage().Add(1, 150).Bytes.ToArray());

    [Theory]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Integers_are_read_back(long value) =>
        Assert.Equal(value, new ProtobufFields(new ProtobufMessage().Add(200, value).Bytes.ToArray()).Integer(200));

    [Fact]
    public void Zeros_are_left_out_unless_they_must_be_there()
    {
        var message = new ProtobufMessage().Add(1, 0).Add(2, 0.0).Add(3, "").Add(4, false).Add(5, (string?)null);
        Assert.Empty(message.Bytes.ToArray());
        Assert.Equal([0x15, 0, 0, 0, 0, 0x1A, 0], message.AddAlways(2, 0f).Add(3, new ProtobufMessage()).Bytes.ToArray());
    }

    [Fact]
    public void Times_are_seconds_and_nanoseconds()
    {
        var time = new ProtobufFields(new ProtobufMessage().Add(1, new ManualTime().Now).Bytes.ToArray()).Message(1);
        Assert.Equal((1_700_000_000L, 500_000_000L), (time.Integer(1), time.Integer(2)));
    }
}
