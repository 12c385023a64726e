using System.Net;
using System.Text.RegularExpressions;

namespace Husai.AcceptanceTests.Explorer;

/// <summary>A running <c>husai serve</c>, and a browser without scripts.</summary>
internal sealed partial class ExplorerProcess : IDisposable
{
    private readonly HusaiProcess _process;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    public ExplorerProcess(params string[] arguments)
    {
        _process = HusaiProcess.Start(["serve", "--port", "0", .. arguments]);
        _process.WaitUntil(() => _process.OutputSoFar.Contains('\n', StringComparison.Ordinal));
        Address = new Uri(_process.OutputSoFar.Trim());
    }

    /// <summary>The address that it printed.</summary>
    public Uri Address { get; }

    /// <summary>Gets a page that must be there.</summary>
    public string Page(string link)
    {
        var (code, text) = Get(link);
        Assert.True(code == HttpStatusCode.OK, $"{link}: {code}\n{text}");
        return text;
    }

    /// <summary>Gets what an address, which is sent as it is, answers.</summary>
    public (HttpStatusCode Code, string Text) Get(string link, Action<HttpRequestMessage>? change = null)
    {
        using var response = Send(link, change);
        return (response.StatusCode, response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
    }

    /// <summary>What an address answers to a form that is sent to it.</summary>
    public (HttpStatusCode Code, string Text) Post(string link) => Get(link, request => request.Method = HttpMethod.Post);

    public HttpResponseMessage Send(string link, Action<HttpRequestMessage>? change = null)
    {
        var address = new Uri(
            $"http://{Address.Authority}{link}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        change?.Invoke(request);
        return _client.Send(request);
    }

    /// <summary>The links of a page that begin so, in their order.</summary>
    public static IReadOnlyList<string> Links(string page, string start) =>
    [
        .. Link().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))
            .Where(link => link.StartsWith(start, StringComparison.Ordinal)),
    ];

    public HusaiResult Interrupt()
    {
        _process.Interrupt();
        return _process.Wait();
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Dispose();
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
