using Husai.Experiments.Jobs;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Jobs;

public sealed class JobSchedulerTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("husai-jobs-").FullName;
    private readonly RecordingObserver _observer = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Jobs_run_after_what_they_depend_on(int threads)
    {
        var first = new TestJob("a/first", 1);
        var second = new TestJob("a/second", 10);
        var both = new TestJob("both", 100, first, second);
        var outcomes = Run(threads, both);
        Assert.All(outcomes, outcome => Assert.Equal(JobStatus.Complete, outcome.Status));
        Assert.Equal(111, TestJob.ResultIn(Path.Combine(_root, "both")));
    }

    [Fact]
    public void A_second_run_does_nothing()
    {
        Run(2, Chain(1));
        var chain = Chain(1);
        var outcomes = Run(2, chain);
        Assert.Equal(0, chain.Runs);
        Assert.All(outcomes, outcome => Assert.True(outcome.WasThere));
    }

    [Theory]
    [InlineData("files")]
    [InlineData("key")]
    [InlineData("machine")]
    public void A_manifest_without_a_part_is_no_manifest(string key)
    {
        Run(2, Chain(1));
        var path = Path.Combine(_root, "end", JobManifest.FileName);
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        manifest[key] = null;
        File.WriteAllText(path, manifest.ToJsonString());

        var chain = Chain(1);
        var outcomes = Run(2, chain);

        Assert.Equal(1, chain.Runs);
        Assert.All(outcomes, outcome => Assert.Equal(JobStatus.Complete, outcome.Status));
        Assert.Contains(
            $"'{key}'",
            Assert.Throws<InvalidFileException>(() =>
                ExperimentJson.Parse<JobManifest>(manifest.ToJsonString(), "m.json")).Message.Replace("\"", "'", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_input_redoes_the_job_and_what_depends_on_it_and_nothing_else()
    {
        var other = new TestJob("other", 5);
        Run(2, Chain(1), other);
        var changed = Chain(2);
        var same = new TestJob("other", 5);
        Run(2, changed, same);
        Assert.Equal(1, changed.Runs);
        Assert.Equal(0, same.Runs);
        Assert.Equal(12, TestJob.ResultIn(Path.Combine(_root, "end")));
    }

    [Fact]
    public void A_failure_stops_only_what_depends_on_it_and_is_named()
    {
        var broken = new TestJob("broken", 1) { Before = _ => throw new InvalidOperationException("it broke\nbadly") };
        var strict = new TestJob("strict", 1, broken);
        var fine = new TestJob("fine", 7);
        var tolerant = new TestJob("tolerant", 100, broken, fine) { Tolerant = true };
        var outcomes = Run(1, strict, tolerant).ToDictionary(outcome => outcome.Name);
        Assert.Equal((JobStatus.Failed, "it broke badly"), (outcomes["broken"].Status, outcomes["broken"].Error));
        Assert.Equal((JobStatus.Blocked, "needs broken"), (outcomes["strict"].Status, outcomes["strict"].Error));
        Assert.Equal(107, TestJob.ResultIn(Path.Combine(_root, "tolerant")));
        Assert.Equal(["broken"], _observer.Failures);
    }

    [Fact]
    public void A_result_without_its_failed_input_does_not_stand_in_for_the_whole_one()
    {
        var fine = new TestJob("fine", 7);
        Run(
            1,
            new TestJob("all", 100, new TestJob("flaky", 1) { Before = _ => throw new InvalidOperationException("x") }, fine)
            {
                Tolerant = true,
            });
        Run(1, new TestJob("all", 100, new TestJob("flaky", 1), fine) { Tolerant = true });
        Assert.Equal(108, TestJob.ResultIn(Path.Combine(_root, "all")));
    }

    [Fact]
    public void An_interrupted_job_finds_what_it_left_and_a_changed_one_does_not()
    {
        using var stop = new CancellationTokenSource();
        TestJob Interruptible(int number, List<bool> found) => new("long", number)
        {
            Before = context =>
            {
                found.Add(File.Exists(context.PathOf("state")));
                File.WriteAllText(context.PathOf("state"), "half");
                if (!stop.IsCancellationRequested)
                {
                    stop.Cancel();
                    context.Cancellation.ThrowIfCancellationRequested();
                }
            },
        };
        var found = new List<bool>();
        var graph = new JobGraph([Interruptible(1, found)]);
        Assert.Throws<OperationCanceledException>(() => Scheduler(1).Run(graph, _observer, stop.Token));
        Run(1, Interruptible(1, found));
        Assert.Equal([false, true], found);
        found.Clear();
        Run(1, Interruptible(2, found));
        Assert.Equal([false], found);
    }

    [Fact]
    public void A_result_whose_file_is_gone_is_made_again()
    {
        Run(1, Chain(1));
        File.Delete(Path.Combine(_root, "end", "result.txt"));
        var chain = Chain(1);
        Run(1, chain);
        Assert.Equal(1, chain.Runs);
    }

    [Fact]
    public void A_result_whose_bytes_were_changed_is_made_again_before_something_is_computed_from_it_and_not_before()
    {
        static TestJob Large(int number) => new("large", number) { Before = context => WriteBelow(context, "right") };
        Run(2, new TestJob("end", 10, Large(1)));
        WriteBelow(_root + "/large", "wrong");

        var unread = Large(1);
        Run(2, new TestJob("end", 10, unread));
        Assert.Equal((0, 0), (unread.Runs, _observer.Damages.Count));

        var read = Large(1);
        var end = new TestJob("other", 20, new TestJob("end", 10, read));
        Run(2, end);
        Assert.Equal((1, 1), (read.Runs, end.Runs));
        Assert.Equal(["large: below/bytes is not what was written"], _observer.Damages);
        Assert.Equal("right", File.ReadAllText(Path.Combine(_root, "large", "below", "bytes")));
        Assert.Equal(31, TestJob.ResultIn(Path.Combine(_root, "other")));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void All_that_read_a_damaged_result_wait_until_it_is_made_again(int threads)
    {
        TestJob[] Seeds() => [new("s1", 1), new("s2", 2), new("s3", 4)];
        Run(2, Seeds());
        File.WriteAllText(Path.Combine(_root, "s1", "result.txt"), "8");

        var seeds = Seeds();
        Run(threads, new TestJob("one", 10, seeds) { Tolerant = true }, new TestJob("other", 20, seeds) { Tolerant = true });

        Assert.Equal(["s1: result.txt is not what was written"], _observer.Damages);
        Assert.Equal([1, 0, 0], seeds.Select(seed => seed.Runs));
        Assert.Equal((17, 27), (TestJob.ResultIn(Path.Combine(_root, "one")), TestJob.ResultIn(Path.Combine(_root, "other"))));
    }

    [Fact]
    public void What_reads_a_result_made_from_a_damaged_one_waits_until_that_is_made_again()
    {
        var isThere = false;
        TestJob First() => new("first", 1);
        Run(1, new TestJob("middle", 10, First()));
        File.WriteAllText(Path.Combine(_root, "first", "result.txt"), "8");

        // The longest first: it would begin before the other if it were ready.
        var first = First();
        var middle = new TestJob("middle", 10, first);
        Run(1, new TestJob("end", 100, middle) { EstimatedCost = 1000, Before = context => isThere = context.IsComplete(first) });

        Assert.Equal(["first: result.txt is not what was written"], _observer.Damages);
        Assert.Equal((1, true), (first.Runs, isThere));
        Assert.Equal(111, TestJob.ResultIn(Path.Combine(_root, "end")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"key\": 4, \"half\"")]
    public void A_job_whose_manifest_is_damaged_is_made_again(string manifest)
    {
        Run(1, Chain(1));
        File.WriteAllText(Path.Combine(_root, "end", "manifest.json"), manifest);
        Assert.Contains(
            "manifest.json cannot be read", Scheduler(1).Survey(new JobGraph([Chain(1)])).Single(outcome => outcome.Name == "end").Error!,
            StringComparison.Ordinal);
        var chain = Chain(1);
        Run(1, chain);
        Assert.Equal(1, chain.Runs);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{\"name\": \"a web page\"}")]
    public void A_folder_that_no_job_made_is_left_alone(string? manifest)
    {
        Directory.CreateDirectory(Path.Combine(_root, "end"));
        File.WriteAllText(Path.Combine(_root, "end", "notes.txt"), "mine");
        if (manifest is not null)
        {
            File.WriteAllText(Path.Combine(_root, "end", "manifest.json"), manifest);
        }

        Assert.Contains(
            "was not made by a study",
            Assert.Throws<InvalidFileException>(() => Scheduler(1).RequireOurs(new JobGraph([Chain(1)]))).Message,
            StringComparison.Ordinal);
        Assert.Equal(JobStatus.Failed, Run(1, Chain(1)).Single(outcome => outcome.Name == "end").Status);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_root, "end", "notes.txt")));
        Assert.Equal(manifest is null ? 1 : 2, Directory.GetFiles(Path.Combine(_root, "end")).Length);
    }

    [Fact]
    public void A_file_of_the_user_beside_a_job_s_outlives_a_new_beginning()
    {
        Run(1, Chain(1));
        File.WriteAllText(Path.Combine(_root, "end", "notes.txt"), "mine");
        var changed = Chain(2);
        Run(1, changed);
        Assert.Equal(1, changed.Runs);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_root, "end", "notes.txt")));
    }

    [Fact]
    public void A_damaged_result_has_failed_in_a_survey_and_what_was_computed_from_it_stands()
    {
        Run(1, Chain(1));
        File.WriteAllText(Path.Combine(_root, "start", "result.txt"), "");
        var outcomes = Scheduler(1).Survey(new JobGraph([Chain(1)])).ToDictionary(outcome => outcome.Name);
        Assert.Equal((JobStatus.Failed, JobStatus.Complete), (outcomes["start"].Status, outcomes["end"].Status));
        Assert.Contains(
            "result.txt has 0 bytes where 1 were written; run the study again, or remove the folder", outcomes["start"].Error!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_alone_gets_all_threads_and_many_get_one_each()
    {
        var alone = new TestJob("alone", 1);
        var many = Enumerable.Range(0, 6).Select(i => new TestJob($"many/{i}", i, alone)).ToArray();
        Run(4, many);
        Assert.Equal(4, alone.MostThreads);
        Assert.Contains(many, job => job.MostThreads == 1);
    }

    [Fact]
    public void Two_jobs_of_one_name_are_refused() =>
        Assert.Throws<ArgumentException>(() => new JobGraph([new TestJob("same", 1), new TestJob("Same", 2)]));

    private static void WriteBelow(JobContext context, string text) => WriteBelow(context.Folder, text);

    private static void WriteBelow(string folder, string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, "below"));
        File.WriteAllText(Path.Combine(folder, "below", "bytes"), text);
    }

    private static TestJob Chain(int number) => new("end", 10, new TestJob("start", number));

    private JobScheduler Scheduler(int threads) => new(_root, threads, TimeProvider.System);

    private IReadOnlyList<JobOutcome> Run(int threads, params TestJob[] jobs) =>
        Scheduler(threads).Run(new JobGraph(jobs), _observer, CancellationToken.None);

    private sealed class RecordingObserver : IJobObserver
    {
        public List<string> Failures { get; } = [];

        public void Progress(RunProgress progress) => Assert.InRange(progress.Fraction, 0, 1);

        public List<string> Damages { get; } = [];

        public void Failed(string job, string reason) => Failures.Add(job);

        public void Damaged(string job, string damage) => Damages.Add($"{job}: {damage}");
    }
}
