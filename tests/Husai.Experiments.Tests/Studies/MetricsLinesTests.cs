using Husai.Autoencoders.Training;
using Husai.Experiments.Studies.Results;

namespace Husai.Experiments.Tests.Studies;

public sealed class MetricsLinesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-metrics-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_undefined_explained_variance_is_read_as_not_a_number()
    {
        const string Line = """{"step":5,"loss":0.5,"explained_variance":null,"l0":2,"dead_fraction":0.25,"firing_histogram":{"never":1,"counts":[2,3]}}""";
        File.WriteAllText(Path.Combine(_folder, "metrics.jsonl"), Line + "\n");

        var point = Assert.Single(MetricsLines.Read<TrainingPoint>(_folder));

        Assert.Equal((5, 0.5, double.NaN, 2, 0.25), (point.Step, point.Loss, point.ExplainedVariance, point.L0, point.DeadFraction));
        Assert.Equal((1, 5), (point.FiringHistogram.Never, point.FiringHistogram.Counts.Sum()));
    }

    [Fact]
    public void Without_a_file_there_are_no_lines() => Assert.Empty(MetricsLines.Read<TrainingPoint>(_folder));
}
