using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Husai.AcceptanceTests.Explorer.Browser;

/// <summary>The pages of <c>husai serve</c> in Chromium.</summary>
[Collection(ExplorerStudyTests.Name)]
public sealed class ExplorerBrowserTests(ExplorerBrowser browser, ExplorerStudy study) : IClassFixture<ExplorerBrowser>
{
    private const string Cell = "figure svg a[href^='/pair']";
    private const string LatentLink = "tbody a[href^='/latent']";

    [ChromiumFact]
    public async Task Clicks_and_keys_lead_from_the_runs_to_a_partner_and_back()
    {
        await using var visit = await browser.Visit();
        var page = visit.Page;
        await page.GotoAsync("/");
        await visit.Click("a[href^='/study']");
        await visit.WaitForAddress("/study?");
        Assert.Equal("tiny", await visit.Heading());

        await visit.Click("thead a:has-text('stability')");
        await visit.WaitForAddress("order=desc");
        Assert.Equal(1, await page.Locator("th[aria-sort='descending']").CountAsync());
        var falling = await page.Locator("section.table tbody th").AllInnerTextsAsync();
        await visit.Click("th[aria-sort] a");
        await visit.WaitForAddress("order=asc");
        Assert.Equal(falling.Reverse(), await page.Locator("section.table tbody th").AllInnerTextsAsync());

        await visit.Click(Cell);
        await visit.WaitForAddress("/pair?");
        await visit.Click($"section.table {LatentLink}");
        await visit.WaitForAddress("/latent?");
        var (latent, address) = (await visit.Heading(), page.Url);
        var partner = await visit.Attribute(LatentLink, "href");
        await visit.Click(LatentLink);
        await visit.WaitForAddress(partner!);
        await page.GoBackAsync();
        Assert.Equal((latent, address), (await visit.Heading(), page.Url));

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("7");
        await page.Keyboard.PressAsync("Enter");
        await visit.WaitForAddress("latent=7");
        await page.Keyboard.PressAsync("j");
        await visit.WaitForAddress("latent=8");
        await page.Keyboard.PressAsync("k");
        await visit.WaitForAddress("latent=7");
        await page.Keyboard.PressAsync("u");
        await visit.WaitForAddress("/sae?");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_link_that_was_copied_opens_the_same_view_elsewhere()
    {
        await using var visit = await browser.Visit();
        await visit.Page.GotoAsync("/study?run=runs%2Ftiny");
        await visit.Page.Locator("section.table input[type=search]").FillAsync("topk");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.WaitForAddress("filter=topk");
        await visit.Click("[data-copy]");
        await visit.Page.Locator("[data-copy]:has-text('Copied')").WaitForAsync();
        var copied = await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()");

        await using var other = await browser.Visit();
        await other.Page.GotoAsync(copied);
        Assert.Equal("topk", await other.Page.Locator("section.table input[type=search]").InputValueAsync());
        Assert.Equal(
            await visit.Page.Locator("section.table tbody").InnerTextAsync(),
            await other.Page.Locator("section.table tbody").InnerTextAsync());
        visit.AssertQuiet();
        other.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_training_started_meanwhile_appears_and_its_curve_grows()
    {
        await using var visit = await browser.Visit();
        await visit.Page.GotoAsync("/");
        var activations = Directory.GetFiles(
            Path.Combine(browser.Runs, "tiny", "activations"), "activations.safetensors", SearchOption.AllDirectories)[0];
        using var training = HusaiProcess.Start(
        [
            "sae", "train", "--activations", activations, "--set", "latents=16", "--set", "k=2", "--set", "batch_size=32",
            "--epochs", "100000", "--output", Path.Combine(browser.Runs, "growing"), "--threads", "1",
        ]);
        await visit.Click("a[href^='/training']:has-text('growing')");
        await visit.WaitForAddress("growing");
        await visit.Page.Locator("figure svg").First.WaitForAsync();
        var curve = await visit.Page.Locator("figure svg").First.InnerHTMLAsync();
        await visit.Page.WaitForFunctionAsync(
            "before => document.querySelector('figure svg').innerHTML !== before", curve);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task A_button_has_contexts_computed_and_they_appear()
    {
        await using var visit = await browser.Visit();
        var page = visit.Page;
        await page.GotoAsync("/study?run=runs%2Ftiny");
        await page.GotoAsync((await visit.Attribute("a[href^='/sae']", "href"))!);
        await visit.Click(LatentLink);
        await visit.WaitForAddress("/latent?");
        var address = page.Url;
        await visit.Click("button:has-text('Compute it')");
        await page.Locator(".contexts h3").First.WaitForAsync();
        Assert.Equal(address, page.Url);
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task Every_page_fits_a_telephone_and_a_desk_and_is_accessible_in_light_and_dark()
    {
        var pages = await Pages();
        var papers = new HashSet<string>();
        foreach (var isDark in (bool[])[false, true])
        {
            await using var visit = await browser.Visit(isDark: isDark);
            foreach (var link in pages)
            {
                await visit.Page.GotoAsync(link);
                papers.Add(await visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
                foreach (var width in (int[])[400, 1280])
                {
                    await visit.Page.SetViewportSizeAsync(width, 900);
                    var wide = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                    Assert.True(wide <= width, $"{link} is {wide} pixels wide at {width}");
                }

                // Dark and light differ in their colours alone.
                var found = await visit.Page.RunAxe(new()
                {
                    RunOnly = isDark ? RunOnlyOptions.Rules("color-contrast") : null,
                    ResultTypes = [ResultType.Violations],
                });
                var serious = found.Violations.Where(violation => violation.Impact is "serious" or "critical");
                Assert.True(!serious.Any(), $"{link}: {string.Join("; ", serious.Select(Text))}");
            }

            visit.AssertQuiet();
        }

        Assert.Equal(2, papers.Count);
    }

    [ChromiumFact]
    public async Task An_export_opens_from_disk()
    {
        await using var visit = await browser.Visit();
        await visit.Page.GotoAsync(new Uri(Path.Combine(study.Pages, "index.html")).ToString());
        Assert.Equal("tiny", await visit.Heading());
        await visit.Click("a[href^='sae-']");
        await visit.WaitForAddress("/sae-");
        await visit.Click("a[href^='pair-']");
        await visit.WaitForAddress("/pair-");
        await visit.Click("a[href*='-latent-']");
        await visit.WaitForAddress("-latent-");
        Assert.StartsWith("Latent ", await visit.Heading(), StringComparison.Ordinal);
        Assert.NotEqual("none", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('footer')).display"));
        Assert.Equal(0, await visit.Page.Locator("form:visible").CountAsync());
        await visit.Page.Keyboard.PressAsync("u");
        await visit.WaitForAddress("/sae-");
        visit.AssertQuiet();
    }

    [ChromiumFact]
    public async Task What_is_not_there_is_said_in_a_page()
    {
        await using var visit = await browser.Visit();
        var response = await visit.Page.GotoAsync("/study?run=runs%2Fnone");

        Assert.Equal(404, response!.Status);
        Assert.Contains("no such run", await visit.Page.Locator("[role=alert]").InnerTextAsync(), StringComparison.Ordinal);
    }

    // One of each kind.
    private async Task<IReadOnlyList<string>> Pages()
    {
        await using var visit = await browser.Visit();
        var links = new List<string> { "/" };
        foreach (var (from, selector) in new (int From, string Selector)[]
            {
                (0, "a[href^='/study']"), (1, Cell), (2, LatentLink), (3, "a[href^='/sae']"), (4, "a[href^='/training']"),
            })
        {
            await visit.Page.GotoAsync(links[from]);
            links.Add((await visit.Attribute(selector, "href"))!);
        }

        return links;
    }

    private static string Text(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Help}): {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}";
}
