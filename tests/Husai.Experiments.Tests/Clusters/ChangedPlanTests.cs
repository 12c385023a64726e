using System.Text.Json.Nodes;
using Husai.Experiments.Clusters;
using Husai.Experiments.Clusters.Launchers;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Configuration;
using Husai.Formats.Files;

namespace Husai.Experiments.Tests.Clusters;

/// <summary>Plans that were edited by hand or cut off are refused by every task, in one line.</summary>
public sealed class ChangedPlanTests : IDisposable
{
    private const string Study =
        """
        name: test
        transformers: [{name: small, task: {modulus: 13}}]
        saes: [{name: topk, options: {latents: 16, k: 2}}]
        seeds: [1, 2]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("husai-plan-").FullName;
    private readonly string _plan;

    public ChangedPlanTests()
    {
        var submitted = new StudySubmission(
            StudyReader.Parse(Study, "s.yaml", "."), _folder, new ClusterOptions { Launcher = LauncherName.Script }, "husai", [])
            .Submit((_, _) => { });
        _plan = submitted.Plan!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_plan_as_it_was_made_is_read() => Assert.False(StudyTask.Open(_plan, 0).IsReport);

    [Theory]
    [InlineData("jobs", "null")]
    [InlineData("jobs/-", "null")]
    [InlineData("jobs/0/name", "null")]
    [InlineData("jobs/0/key", "null")]
    [InlineData("jobs/0/name", "\"saes/small/seed_0/L0.resid_post/topk/seed_1\"")]
    [InlineData("jobs/0/task", "-1")]
    [InlineData("jobs/0/task", "99")]
    [InlineData("stages", "[]")]
    [InlineData("stages/-", "null")]
    [InlineData("stages/0/first_task", "-5")]
    [InlineData("stages/0/tasks", "0")]
    [InlineData("stages/1/first_task", "2000000000")]
    [InlineData("format_version", "2")]
    [InlineData("reproduction", "null")]
    public void A_plan_that_was_changed_is_refused(string place, string value)
    {
        var plan = JsonNode.Parse(File.ReadAllText(_plan))!;
        var names = place.Split('/');
        var parent = names[..^1].Aggregate(plan, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        if (parent is JsonArray list)
        {
            list.Add(JsonNode.Parse(value));
        }
        else
        {
            parent[names[^1]] = JsonNode.Parse(value);
        }

        Refuse(plan.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"study\": \"test\", ")]
    public void What_is_no_plan_is_refused(string text) => Refuse(text);

    [Theory]
    [InlineData("\"script\"", "\"sge\"")]
    [InlineData("\"launches\": [", "\"launches\": [ null, ")]
    public void A_submission_that_was_changed_is_refused(string text, string by)
    {
        var path = Path.Combine(Path.GetDirectoryName(_plan)!, Submission.FileName);
        var changed = File.ReadAllText(path).Replace(text, by, StringComparison.Ordinal);
        Assert.Contains(by, changed, StringComparison.Ordinal);
        File.WriteAllText(path, changed);
        Assert.Throws<InvalidFileException>(() => StudyTask.Open(_plan, 0));
        Assert.Throws<InvalidFileException>(() => StudyCancellation.Cancel(_folder));
    }

    [Fact]
    public void A_job_has_failed_since_the_plan_was_made_when_its_failure_is_another_one()
    {
        var job = SubmissionFolder.OfPlan(_plan).ReadPlan().Jobs[0];
        var failure = new JobManifest
        {
            Name = job.Name,
            Kind = job.Kind,
            Key = job.Key,
            Status = JobStatus.Failed,
            Started = DateTimeOffset.UnixEpoch,
            Finished = DateTimeOffset.UnixEpoch,
            Machine = Machine.This,
        };
        Assert.True(job.HasFailedSince(failure));
        Assert.False((job with { EarlierFailure = failure.Finished }).HasFailedSince(failure));
        Assert.True(job.HasFailedSince(failure with { Key = "that without the inputs that failed" }));
        Assert.False(job.HasFailedSince(failure with { Status = JobStatus.Interrupted }));
        Assert.False(job.HasFailedSince(null));
    }

    private void Refuse(string text)
    {
        File.WriteAllText(_plan, text);
        var message = Assert.Throws<InvalidFileException>(() => StudyTask.Open(_plan, 0)).Message;
        Assert.Contains(_plan, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
