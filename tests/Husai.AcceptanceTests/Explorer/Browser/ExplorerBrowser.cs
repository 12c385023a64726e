using Microsoft.Playwright;

namespace Husai.AcceptanceTests.Explorer.Browser;

/// <summary>One browser and one explorer for all tests of a class.</summary>
public sealed class ExplorerBrowser(ExplorerStudy study) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("husai-browser-");
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private ExplorerProcess? _explorer;

    /// <summary>The folder that is shown. It holds the study <c>tiny</c>.</summary>
    public string Runs => Path.Combine(_folder.FullName, "runs");

    /// <summary>Where the first page is.</summary>
    internal Uri Address => _explorer!.Address;

    public async ValueTask InitializeAsync()
    {
        if (ChromiumFactAttribute.Program is not { } program)
        {
            return;
        }

        study.CopyTo(Path.Combine(Runs, "tiny"));
        _explorer = new ExplorerProcess(Runs, "--cache", Path.Combine(_folder.FullName, "cache"));
        _playwright = await Playwright.CreateAsync().ConfigureAwait(false);

        // Only the explorer's own pages are opened; root, as which containers run, has no sandbox.
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-dev-shm-usage"],
        }).ConfigureAwait(false);
    }

    /// <summary>A window without a memory of others.</summary>
    internal async Task<BrowserVisit> Visit(int width = 1280, bool isDark = false) => await BrowserVisit.Start(
        await _browser!.NewContextAsync(new()
        {
            BaseURL = Address.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            Permissions = ["clipboard-read", "clipboard-write"],
        }).ConfigureAwait(false),
        Address).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync().ConfigureAwait(false);
        }

        _playwright?.Dispose();
        _explorer?.Dispose();
        _folder.Delete(recursive: true);
    }
}
