namespace Husai.Experiments.Tests;

public sealed class MetricsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-metrics-").FullName;

    private string FileName => Path.Combine(_folder, "run", "metrics.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_call_is_a_line()
    {
        using var metrics = new MetricsFile(FileName);
        metrics.Log(0, new Dictionary<string, double> { ["loss"] = 0.1, ["é"] = double.NaN });
        metrics.LogHistogram(1, "w", [0f, 1f]);
        metrics.LogImage(1, "i", 1, 1, [0]);
        metrics.Summary(new Dictionary<string, double> { ["best"] = double.NegativeInfinity });
        metrics.Finish(0);
        var lines = File.ReadAllLines(FileName);
        Assert.Equal("""{"step":0,"loss":0.1,"é":"NaN"}""", lines[0]);
        Assert.StartsWith("""{"step":1,"histogram":"w","counts":[1,0,""", lines[1]);
        Assert.Equal("""{"summary":{"best":"-Infinity"}}""", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"step\":3,\"lo")]
    [InlineData("{\"step\":3,\"loss\":3}\n{\"summary\":{}}\n")]
    [InlineData("{\"summary\":{}}\n{\"step\":2}\n")]
    [InlineData("\0\0\0\n")]
    public void A_resumed_file_equals_one_that_was_never_stopped(string afterwards)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        const string kept = "{\"step\":0,\"loss\":0}\n{\"step\":2,\"loss\":2}\n";
        File.WriteAllText(FileName, kept + afterwards);
        using var metrics = new MetricsFile(FileName, resumeAfter: 2);
        metrics.Log(4, new Dictionary<string, double> { ["loss"] = 4 });
        Assert.Equal(kept + "{\"step\":4,\"loss\":4}\n", ReadShared());
    }

    [Fact]
    public void A_fresh_file_replaces_an_old_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileName)!);
        File.WriteAllText(FileName, "{\"step\":0}\n");
        using var metrics = new MetricsFile(FileName);
        Assert.Equal("", ReadShared());
    }

    private string ReadShared()
    {
        using var stream = new FileStream(FileName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(stream).ReadToEnd();
    }
}
