using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Playwright;

namespace Husai.AcceptanceTests.Explorer.Browser;

/// <summary>A window of a browser, and what went wrong in it: errors in its console, and requests to other machines.</summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _faults = [];

    private BrowserVisit(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page) = (context, page);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        context.WebError += (_, error) => _faults.Enqueue($"exception: {error.Error}");
        context.Request += (_, request) =>
        {
            var target = new Uri(request.Url);
            if (target.Scheme is not ("data" or "file") && target.Authority != address.Authority)
            {
                _faults.Enqueue($"request to another machine: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    public static async Task<BrowserVisit> Start(IBrowserContext context, Uri address) =>
        new(context, await context.NewPageAsync().ConfigureAwait(false), address);

    /// <summary>Clicks the first of what a selector finds.</summary>
    public Task Click(string selector) => Page.Locator(selector).First.ClickAsync();

    /// <summary>The first value of an attribute that a selector finds.</summary>
    public Task<string?> Attribute(string selector, string name) => Page.Locator(selector).First.GetAttributeAsync(name);

    /// <summary>The page's heading.</summary>
    public Task<string> Heading() => Page.Locator("h1").InnerTextAsync();

    /// <summary>Waits for an address that has this text.</summary>
    public async Task WaitForAddress(string text)
    {
        // Playwright's own wait can miss the load event of a page that is there at once.
        for (var clock = Stopwatch.StartNew(); !await IsLoaded(text); await Task.Delay(Pause))
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"no page at an address with {text} was loaded: the address is {Page.Url}");
            }
        }
    }

    /// <summary>Asserts that nothing went wrong so far.</summary>
    public void AssertQuiet() => Assert.Empty(_faults);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync().ConfigureAwait(false);

    private async Task<bool> IsLoaded(string text)
    {
        try
        {
            return Page.Url.Contains(text, StringComparison.Ordinal)
                && await Page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException)
        {
            // The page was left while it was asked.
            return false;
        }
    }
}
