using System.Text;
using Husai.Formats.Files;
using Husai.Formats.Torch;
using Husai.Formats.Zip;

namespace Husai.Formats.Tests.Torch;

/// <summary>Small checkpoints that would become large or endless if they were believed.</summary>
public sealed class TorchBombTests
{
    private const string Storage = "((X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ";

    [Theory]
    [InlineData("K\u0000(J\u0000\u0000\u0000\u0040t(K\0t", "far larger than the file")]
    [InlineData("K\u0000(K\u0005t(K\u0001t", "does not fit its storage")]
    [InlineData("K\u0001(K\u0004t(K\u0001t", "does not fit its storage")]
    [InlineData("K\u0000(K\u0002t(K\u0004t", "does not fit its storage")]
    [InlineData("J\u00FF\u00FF\u00FF\u00FF(K\u0001t(K\u0001t", "does not fit its storage")]
    [InlineData("K\0(K\u0002t(J\u00FF\u00FF\u00FF\u00FFt", "does not fit its storage")]
    [InlineData("K\0(K\u0002K\u0002t(K\u0001t", "does not fit its storage")]
    [InlineData(
        "K\0(\u008A\u0008\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007F"
            + "\u008A\u0008\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007Ft(K\0K\0t",
        "does not fit its storage")]
    [InlineData("K\0(K\u0002t(\u008A\u0008\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u00FF\u007Ft", "does not fit its storage")]
    public void A_tensor_outside_its_storage_or_far_beyond_the_file_is_refused(string view, string reason)
    {
        var error = Refusal($"}}X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n{Storage}{view}\u0089}}tRs.");
        Assert.Contains(reason, error.Message);
    }

    [Fact]
    public void A_list_that_holds_itself_is_refused() =>
        Assert.Contains("nested too deeply", Refusal("]q\0h\0a.").Message);

    [Fact]
    public void Lists_of_lists_of_the_same_lists_are_refused()
    {
        // Ten levels of ten references each: ten thousand million leaves in about 300 bytes.
        var pickle = new StringBuilder("]q\0K\u0001a");
        for (var level = 1; level <= 10; level++)
        {
            pickle.Append($"]q{(char)level}(");
            pickle.Insert(pickle.Length, $"h{(char)(level - 1)}", 10);
            pickle.Append('e');
        }

        Assert.Contains("hold too much", Refusal(pickle.Append('.').ToString()).Message);
    }

    [Fact]
    public void A_thousand_levels_of_tuples_are_refused() =>
        Assert.Contains("nested too deeply", Refusal($"N{new string('\u0085', 1000)}.").Message);

    [Fact]
    public void One_tensor_under_very_many_names_allocates_little()
    {
        var pickle = new StringBuilder($"]q\0ctorch._utils\n_rebuild_tensor_v2\n{Storage}K\0(K\u0004t(K\u0001t\u0089}}tRq\u0001a(");
        pickle.Insert(pickle.Length, "h\u0001", 90_000);
        using var file = Checkpoint(pickle.Append("e.").ToString());
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(90_001, TorchFile.Read(file, "many.pt").Tensors.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, file.Length + (64L << 20));
    }

    private static InvalidFileException Refusal(string pickle)
    {
        using var stream = Checkpoint(pickle);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<InvalidFileException>(() => TorchFile.Read(stream, "bomb.pt"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        return error;
    }

    private static MemoryStream Checkpoint(string pickle)
    {
        var stream = new MemoryStream();
        var zip = new ZipWriter(stream);
        zip.Add("x/data.pkl", 1, Encoding.Latin1.GetBytes(pickle));
        zip.Add("x/data/0", 1, new byte[16]);
        zip.Finish();
        stream.Position = 0;
        return stream;
    }
}
