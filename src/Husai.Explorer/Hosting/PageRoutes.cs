using System.Net;
using Husai.Experiments.Configuration;
using Husai.Explorer.Pages;
using Husai.Explorer.Runs;
using Husai.Explorer.Saes;
using Husai.Numerics.Parallelism;
using Husai.Reporting.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Husai.Explorer.Hosting;

/// <summary>
/// Which page an address means. A page that cannot be made says why: whatever becomes of the folders, the server continues.
/// </summary>
internal sealed class PageRoutes : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, Func<PageQuery, string>> _pages;
    private readonly LatentView _latents;
    private readonly ContextJobs _jobs;
    private readonly bool _isExport;

    /// <param name="options">What is shown.</param>
    /// <param name="workers">Threads to compute with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isExport">
    /// Whether pages are made once, for good: then all is waited for, nothing is offered, and the program's own faults are thrown.
    /// </param>
    public PageRoutes(ExplorerOptions options, Workers workers, TimeProvider time, bool isExport = false)
    {
        _isExport = isExport;
        var patience = isExport ? Timeout.InfiniteTimeSpan : Patience;
        var tree = new FolderTree(options.Folders);
        var runs = new RunsView(tree, time);
        var trainings = new TrainingView(tree, time);
        var studies = new StudyView(tree, time);
        var dictionaries = new SaeCache();
        var shared = new SharedWorkers(workers);
        var firing = new FiringCache(tree, dictionaries, shared);
        var folders = new ContextFolders(options.Cache);
        var contexts = new ContextCache(folders);
        _jobs = new ContextJobs(tree, folders, shared.Threads);
        var saes = new SaeView(tree, dictionaries, contexts, new ContextSearch(contexts), patience);
        _latents = new LatentView(tree, dictionaries, firing, new LogitEffects(tree), contexts, isExport ? null : _jobs);
        var pairs = new PairView(tree, dictionaries, new PairCache(dictionaries, firing, shared), patience);
        _pages = new(StringComparer.Ordinal)
        {
            [PageLinks.RunsPath] = query => Page<RunsPage>(nameof(RunsPage.Model), runs.Read(query)),
            [PageLinks.TrainingPath] = query => Page<TrainingPage>(nameof(TrainingPage.Model), trainings.Read(query)),
            [PageLinks.StudyPath] = query => Page<StudyPage>(nameof(StudyPage.Model), studies.Read(query)),
            [PageLinks.SaePath] = query => Page<SaePage>(nameof(SaePage.Model), saes.Read(query)),
            [PageLinks.LatentPath] = query => Page<LatentPage>(nameof(LatentPage.Model), _latents.Read(query)),
            [PageLinks.PairPath] = query => Page<PairPage>(nameof(PairPage.Model), pairs.Read(query)),
        };
    }

    public Task Answer(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (EmbeddedAssets.Find(path) is { } asset)
        {
            return Write(context, HttpStatusCode.OK, asset.ContentType, asset.Text);
        }

        var query = new PageQuery(context.Request.Query);
        var (code, text) = path == PageLinks.ContextsPath ? Start(query) : Make(path, query);
        if (code == HttpStatusCode.SeeOther)
        {
            context.Response.StatusCode = (int)code;
            context.Response.Headers.Location = text;
            return Task.CompletedTask;
        }

        return Write(context, code, "text/html; charset=utf-8", text);
    }

    /// <summary>Ends what is being computed.</summary>
    public void Dispose() => _jobs.Dispose();

    /// <summary>Makes a page; one that cannot be made says why.</summary>
    public (HttpStatusCode Code, string Text) Make(string path, PageQuery query) => Tried(() => _pages.TryGetValue(path, out var page)
        ? (HttpStatusCode.OK, page(query))
        : throw new NothingThereException("There is no such page."));

    // The address that the reader is led to, or why there is nothing to compute.
    private (HttpStatusCode Code, string Text) Start(PageQuery query) => Tried(() =>
    {
        _jobs.Start(_latents.SaesWithContexts(query));
        return (HttpStatusCode.SeeOther, PageLinks.Latent(query.Text("sae"), query.Number("latent") ?? 0));
    });

    private (HttpStatusCode Code, string Text) Tried(Func<(HttpStatusCode Code, string Text)> make)
    {
        try
        {
            return make();
        }
        catch (NothingThereException error)
        {
            return (HttpStatusCode.NotFound, Problem("Not found", error.Message));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ConfigurationException or ArgumentException)
        {
            // Damaged, half written or gone since: the reason is the reader's.
            return (HttpStatusCode.UnprocessableContent, Problem("This cannot be shown", error.Message));
        }
        catch (Exception error) when (error is not OutOfMemoryException && !_isExport)
        {
            return (HttpStatusCode.InternalServerError, Problem("This page failed", $"{error.GetType().Name}: {error.Message}"));
        }
    }

    private static string Problem(string title, string message) => PageRenderer.Render<ProblemPage>(new Dictionary<string, object?>
    {
        [nameof(ProblemPage.Title)] = title,
        [nameof(ProblemPage.Message)] = message,
    });

    private static string Page<TPage>(string parameter, object model)
        where TPage : IComponent => PageRenderer.Render<TPage>(new Dictionary<string, object?> { [parameter] = model });

    private static Task Write(HttpContext context, HttpStatusCode code, string contentType, string text)
    {
        context.Response.StatusCode = (int)code;
        context.Response.ContentType = contentType;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
