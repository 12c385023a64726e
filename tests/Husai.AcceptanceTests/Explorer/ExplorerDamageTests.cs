using System.Net;
using System.Text.RegularExpressions;
using Husai.Analysis.Latents;
using Husai.Experiments.Latents;

namespace Husai.AcceptanceTests.Explorer;

/// <summary>What becomes of pages whose folders change, vanish or are of bad will.</summary>
[Collection(ExplorerStudyTests.Name)]
public sealed class ExplorerDamageTests(ExplorerStudy study) : IDisposable
{
    private const string Hostile = "<script>alert(1)<script> \"'& \u001b[31m \u202eevil";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-damage-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_study_that_vanishes_or_is_damaged_is_said_to_be_and_the_server_continues()
    {
        study.CopyTo(Below("runs/tiny"));
        study.CopyTo(Below("runs/other"));
        using var explorer = new ExplorerProcess(Below("runs"));
        var page = explorer.Page("/study?run=runs%2Ftiny");
        var sae = ExplorerProcess.Links(page, "/sae?")[0];
        explorer.Page(sae);

        var weights = Directory.GetFiles(Below("runs/tiny/saes"), "sae_weights.safetensors", SearchOption.AllDirectories);
        foreach (var file in weights.Where(file => !file.Contains("snapshots", StringComparison.Ordinal)))
        {
            File.WriteAllText(file, "half a fi");
        }

        var (code, text) = explorer.Get(sae);
        Assert.Equal(HttpStatusCode.UnprocessableContent, code);
        Assert.Contains("sae_weights.safetensors", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableContent, explorer.Post(ContextsOf(sae)).Code);

        File.WriteAllText(Below("runs/tiny/manifest.json"), "{\"name\": \"ti");
        Wait.Until(() => explorer.Page("/").Contains("manifest.json", StringComparison.Ordinal));

        File.WriteAllText(Below("runs/tiny/config.yaml"), "name: [");
        Wait.Until(() => explorer.Get("/study?run=runs%2Ftiny").Code == HttpStatusCode.UnprocessableContent);

        Directory.Delete(Below("runs/tiny"), recursive: true);
        Assert.Equal(HttpStatusCode.NotFound, explorer.Get("/study?run=runs%2Ftiny").Code);
        Assert.Equal(HttpStatusCode.NotFound, explorer.Get(sae).Code);
        Wait.Until(() => !explorer.Page("/").Contains("runs/tiny", StringComparison.Ordinal));
        Assert.Contains("Verdict", explorer.Page("/study?run=runs%2Fother"), StringComparison.Ordinal);

        Directory.Delete(Below("runs"), recursive: true);
        Wait.Until(() => !explorer.Page("/").Contains("runs/other", StringComparison.Ordinal));
    }

    [Fact]
    public void Curves_grow_with_the_training_and_wait_for_half_a_line()
    {
        var folder = Directory.CreateDirectory(Below("runs/growing")).FullName;
        File.WriteAllText(Path.Combine(folder, "options.json"), "{}");
        var metrics = Path.Combine(folder, "metrics.jsonl");
        File.WriteAllText(metrics, Line(10));
        using var explorer = new ExplorerProcess(Below("runs"));
        Assert.Contains("step 10,", explorer.Page("/training?run=runs%2Fgrowing"), StringComparison.Ordinal);

        File.AppendAllText(metrics, Line(20) + Line(30)[..25]);
        Assert.Contains("step 20,", explorer.Page("/training?run=runs%2Fgrowing"), StringComparison.Ordinal);

        File.AppendAllText(metrics, Line(30)[25..]);
        Assert.Contains("step 30,", explorer.Page("/training?run=runs%2Fgrowing"), StringComparison.Ordinal);

        File.AppendAllText(metrics, "no JSON\n");
        Assert.Equal(HttpStatusCode.UnprocessableContent, explorer.Get("/training?run=runs%2Fgrowing").Code);
    }

    [Fact]
    public void Names_and_texts_of_bad_will_are_text()
    {
        var longText = new string('x', 4000);
        study.CopyTo(Below($"runs/{Hostile}"));
        var configuration = Below($"runs/{Hostile}/config.yaml");
        File.WriteAllText(configuration, Regex.Replace(
            File.ReadAllText(configuration), "(?m)^question:.*$", $"question: \"<script>alert(2)</script>\\e[31m{longText}\""));
        using var explorer = new ExplorerProcess(Below("runs"));
        var runs = explorer.Page("/");
        var link = ExplorerProcess.Links(runs, "/study?")[0];
        var page = explorer.Page(link);
        var sae = explorer.Page(ExplorerProcess.Links(page, "/sae?")[0]);
        var latent = explorer.Page(ExplorerProcess.Links(sae, "/latent?")[0]);
        var pair = explorer.Page(ExplorerProcess.Links(sae, "/pair?")[0]);
        var training = explorer.Page(ExplorerProcess.Links(sae, "/training?")[0]);

        Assert.Contains("alert(2)", page, StringComparison.Ordinal);
        foreach (var text in (string[])[runs, page, sae, latent, pair, training, explorer.Get($"{link}%22%3E%3Cscript%3E").Text,
            explorer.Page($"{ExplorerProcess.Links(page, "/sae?")[0]}&text=%22%3E%3Cscript%3E&least=%3Cscript%3E")])
        {
            Assert.DoesNotContain("<script>", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\u202e", text, StringComparison.Ordinal);
        }

        // One configuration is enough.
        foreach (var folder in Directory.GetDirectories(Below($"runs/{Hostile}/saes/small/seed_0/L0.resid_post")).Order().Skip(1))
        {
            Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(0, HusaiProcess.Run("serve", Below($"runs/{Hostile}"), "--export", Below("pages"), "--latents", "0").ExitCode);
        foreach (var file in Directory.GetFiles(Below("pages"), "*.html"))
        {
            Assert.DoesNotContain("<script>", File.ReadAllText(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Contexts_that_latents_wrote_are_shown_with_those_of_the_partners()
    {
        study.CopyTo(Below("runs/tiny"));
        using var explorer = new ExplorerProcess(Below("runs"));
        var sae = ExplorerProcess.Links(explorer.Page("/study?run=runs%2Ftiny"), "/sae?")[0];
        var latent = ExplorerProcess.Links(explorer.Page(sae), "/latent?")[0];
        Assert.Contains("Compute it</button>", explorer.Page(latent), StringComparison.Ordinal);

        var folder = Path.Combine(_folder.FullName, Uri.UnescapeDataString(sae[(sae.IndexOf('=', StringComparison.Ordinal) + 1)..]));
        var excerpt = new Excerpt(5, 2, 1, [0, 2, 1])
        {
            Document = 7,
            Position = 3,
            TokenIds = [1, 2, 3],
            Tokens = ["the", "<script>", "##s"],
        };
        LatentFolderWriter.Write(
            Path.Combine(folder, "latents"),
            new LatentIndex
            {
                SaeHash = "s",
                SaeLatents = 16,
                ActivationsHash = "a",
                Rows = 100,
                Tokenizer = "WordPiece",
                Options = new(),
            },
            [
                .. Enumerable.Range(0, 16).Select(number => new LatentProfile(
                    number, 9, 0.25, 1, 2, new ActivationHistogram([1, 2.5f], [9]), [excerpt], [])),
            ]);
        var page = explorer.Page(latent);
        Assert.Contains("2.000, document 7, token 3", page, StringComparison.Ordinal);
        Assert.Contains(
            "<span class=\"shade-4 peak\"> &lt;script&gt;</span><span class=\"shade-2\">s</span>", page, StringComparison.Ordinal);
        Assert.Contains("Activations.</b>", page, StringComparison.Ordinal);

        Assert.Contains("Text in contexts", explorer.Page(sae), StringComparison.Ordinal);
        Assert.Equal(16, ExplorerProcess.Links(explorer.Page($"{sae}&text=THE+%3Cscript%3E"), "/latent?").Count);
        Assert.Contains("No latent is", explorer.Page($"{sae}&text=no+such+text"), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(folder, "latents", LatentIndex.FileName), "{\"format\": ");
        Assert.Contains("latents.json", explorer.Page(latent), StringComparison.Ordinal);
    }

    [Fact]
    public void Contexts_are_computed_when_asked_for_into_the_cache_alone()
    {
        study.CopyTo(Below("runs/tiny"));
        var before = Directory.GetFiles(Below("runs"), "*", SearchOption.AllDirectories).Order().ToArray();
        using var explorer = new ExplorerProcess(Below("runs"), "--cache", Below("cache"));
        var sae = ExplorerProcess.Links(explorer.Page("/study?run=runs%2Ftiny"), "/sae?")[0];
        var start = ContextsOf(sae);
        Assert.Contains($"method=\"post\" action=\"{WebUtility.HtmlEncode(start)}\"", explorer.Page(
            start.Replace("/contexts", "/latent", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, explorer.Get(start).Code);
        Assert.False(Directory.Exists(Below("cache")));

        using (var begun = explorer.Send(start, request => request.Method = HttpMethod.Post))
        {
            Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
            Assert.StartsWith("/latent?", begun.Headers.Location!.OriginalString, StringComparison.Ordinal);

            // This one and its two partners.
            Wait.Until(() => explorer.Page(begun.Headers.Location.OriginalString).Split("Samples over quantiles").Length == 4);
        }

        Assert.Equal(before, Directory.GetFiles(Below("runs"), "*", SearchOption.AllDirectories).Order());
        Assert.Equal(3, Directory.GetFiles(Below("cache"), "latents.json", SearchOption.AllDirectories).Length);
        Assert.Equal(HttpStatusCode.NotFound, explorer.Post("/contexts?sae=runs%2Ftiny&latent=0").Code);
    }

    private static string ContextsOf(string sae) => $"/contexts?{sae[(sae.IndexOf('?', StringComparison.Ordinal) + 1)..]}&latent=3";

    private static string Line(int step) =>
        $"{{\"step\":{step},\"loss\":0.5,\"explained_variance\":0.5,\"l0\":1,\"dead_fraction\":0}}\n";

    private string Below(string path) => Path.Combine(_folder.FullName, path);

    private static class Wait
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

        public static void Until(Func<bool> condition)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (!condition())
            {
                Assert.True(TimeProvider.System.GetElapsedTime(started) < Longest, "not reached");
                Thread.Sleep(50);
            }
        }
    }
}
