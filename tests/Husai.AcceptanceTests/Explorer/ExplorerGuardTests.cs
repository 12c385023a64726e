using System.Net;
using Husai.Cli.Hosting;

namespace Husai.AcceptanceTests.Explorer;

/// <summary>Who is let in, and to what.</summary>
public sealed class ExplorerGuardTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-guard-");

    public ExplorerGuardTests()
    {
        WriteTraining("runs/seen", "{\"step\":1,\"loss\":0.5,\"explained_variance\":0.5,\"l0\":1,\"dead_fraction\":0}\n");
        WriteTraining("outside/hidden", "");
        Directory.CreateSymbolicLink(Below("runs/link"), Below("outside"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Nothing_outside_the_folders_is_shown()
    {
        using var explorer = new ExplorerProcess(Below("runs"));
        Assert.Contains("seen", explorer.Page("/"), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", explorer.Page("/"), StringComparison.Ordinal);
        foreach (var link in (string[])
            [
                "/training?run=runs/../outside/hidden", "/training?run=runs%2F..%2Foutside%2Fhidden", "/training?run=..%2Foutside%2Fhidden",
                "/training?run=runs%2Flink%2Fhidden", "/training?run=runs%252F..%252Foutside", "/training?run=%2Fetc",
                $"/training?run={Uri.EscapeDataString(Below("outside/hidden"))}", "/../outside/hidden", "/..%2f..%2fetc%2fpasswd",
                "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/explorer.js/../../husai.dll", "/training?run=runs%00",
            ])
        {
            Assert.True(explorer.Get(link).Code is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, link);
        }
    }

    [Fact]
    public void Another_host_is_refused()
    {
        using var explorer = new ExplorerProcess(Below("runs"));
        foreach (var host in (string[])["evil.example", "127.0.0.1.evil.example", "192.168.0.1:80", "localhost.evil.example:80"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, explorer.Get("/", request => request.Headers.Host = host).Code);
        }

        Assert.Equal(HttpStatusCode.OK, explorer.Get("/", request => request.Headers.Host = "localhost").Code);
    }

    [Fact]
    public void It_only_reads_and_runs_no_scripts_but_its_own()
    {
        using var explorer = new ExplorerProcess(Below("runs"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, explorer.Get("/", request => request.Method = HttpMethod.Post).Code);

        using var response = explorer.Send("/");
        var policy = string.Join(';', response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", string.Join(';', response.Headers.GetValues("X-Content-Type-Options")));
        var page = explorer.Page("/");
        Assert.Equal(1, page.Split("<script").Length - 1);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Replace("</", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("keydown", explorer.Page("/explorer.js"), StringComparison.Ordinal);
        Assert.Contains("--ink", explorer.Page("/explorer.css"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_page_of_this_site_has_contexts_computed()
    {
        using var explorer = new ExplorerProcess(Below("runs"));
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Put])
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, Start(method).Code);
        }

        Assert.Equal(HttpStatusCode.BadRequest, Start(HttpMethod.Post, ("Sec-Fetch-Site", "cross-site")).Code);
        foreach (var origin in (string[])["http://evil.example", "null", "http://localhost:1", $"https://{explorer.Address.Authority}"])
        {
            Assert.Equal(HttpStatusCode.BadRequest, Start(HttpMethod.Post, ("Origin", origin)).Code);
        }

        // Let through: there is no such SAE.
        Assert.Equal(HttpStatusCode.NotFound, Start(HttpMethod.Post, ("Origin", $"http://{explorer.Address.Authority}")).Code);
        Assert.Equal(HttpStatusCode.NotFound, Start(HttpMethod.Post).Code);

        (HttpStatusCode Code, string Text) Start(HttpMethod method, params (string Name, string Value)[] headers) =>
            explorer.Get("/contexts?sae=runs%2Fnone&latent=0", request =>
            {
                request.Method = method;
                foreach (var (name, value) in headers)
                {
                    request.Headers.Add(name, value);
                }
            });
    }

    [Fact]
    public void Elsewhere_than_on_this_machine_alone_it_wants_the_token()
    {
        using var explorer = new ExplorerProcess(Below("runs"), "--listen", "127.0.0.1");
        var query = explorer.Address.PathAndQuery;
        Assert.StartsWith("/?token=", query, StringComparison.Ordinal);
        foreach (var link in (string[])["/", "/explorer.js", "/?token=", query[..^1], query + "0"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, explorer.Get(link).Code);
        }

        using var entered = explorer.Send(query);
        var cookie = entered.Headers.GetValues("Set-Cookie").Single();
        Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var (code, text) = explorer.Get("/", request => request.Headers.Add("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Contains("seen", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, explorer.Get("/", request => request.Headers.Add("Cookie", "husai=0")).Code);
    }

    [Fact]
    public void What_cannot_be_served_is_said_in_a_line()
    {
        using var explorer = new ExplorerProcess(Below("runs"));
        foreach (var (arguments, reason) in new (string[], string)[]
            {
                ([Below("none")], "no such folder"), ([Below("runs"), "--listen", "nowhere"], "--listen is 'nowhere'"),
                ([Below("runs"), "--cache", Below("runs/cache")], "lies in a folder that is shown"),
                ([Below("runs"), "--port", $"{explorer.Address.Port}"], "--port N chooses another"),
            })
        {
            var result = HusaiProcess.Run(["serve", .. arguments]);

            Assert.Equal(ExitCode.BadInput, result.ExitCode);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
            Assert.Equal(1, result.Error.Count(letter => letter == '\n'));
        }
    }

    private void WriteTraining(string name, string metrics)
    {
        Directory.CreateDirectory(Below(name));
        File.WriteAllText(Path.Combine(Below(name), "options.json"), "{}");
        File.WriteAllText(Path.Combine(Below(name), "metrics.jsonl"), metrics);
    }

    private string Below(string path) => Path.Combine(_folder.FullName, path);
}
