using Husai.Autoencoders.Engine;

namespace Husai.Autoencoders.Tests.Engine;

public sealed class BatchBuffersTests
{
    [Theory]
    [InlineData(1024, 8, 2, 4)]
    [InlineData(1024, 8, 3, 3)]
    [InlineData(1024, 8, 5, 2)]
    [InlineData(1024, 9, 2, 1)]
    [InlineData(1024, 8, 16, 1)]
    [InlineData(1024, 128, 2, 4)]
    [InlineData(1024, 3, 1, 3)]
    [InlineData(512, 128, 1, 8)]
    [InlineData(24576, 29, 2, 1)]
    public void Blocks_are_encoded_together_where_no_thread_has_more_to_do_for_it(int latents, int blocks, int threads, int expected) =>
        Assert.Equal(expected, BatchBuffers.BlocksTogether(latents, blocks, threads));
}
