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
    private readonly FolderTree _tree;
    private readonly ContextJobs _jobs;

    /// <param name="options">What is shown.</param>
    /// <param name="workers">Threads to compute with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isExport">Whether pages are made once, for good: then all is waited for, and nothing is offered.</param>
    public PageRoutes(ExplorerOptions options, Workers workers, TimeProvider time, bool isExport = false)
    {
        var patience = isExport ? Timeout.InfiniteTimeSpan : Patience;
        var tree = _tree = new FolderTree(options.Folders);
        var runs = new RunsView(tree, time);
        var trainings = new TrainingView(tree, time);
        var studies = new StudyView(tree, time);
        var dictionaries = new SaeCache();
        var shared = new SharedWorkers(workers);
        var firing = new FiringCache(tree, dictionaries, shared);
        var folders = new ContextFolders(options.Cache);
        var contexts = new ContextCache(folders);
        _jobs = new ContextJobs(tree, folders, shared.Threads);
        var saes = new SaeView(tree, dictionaries, contexts, new ContextSearch(contexts));
        var latents = new LatentView(tree, dictionaries, firing, new LogitEffects(tree), contexts, isExport ? null : _jobs);
        var pairs = new PairView(tree, dictionaries, new PairCache(dictionaries, firing, shared), patience);
        _pages = new(StringComparer.Ordinal)
        {
            [PageLinks.RunsPath] = query => Page<RunsPage>(nameof(RunsPage.Model), runs.Read(query)),
            [PageLinks.TrainingPath] = query => Page<TrainingPage>(nameof(TrainingPage.Model), trainings.Read(query)),
            [PageLinks.StudyPath] = query => Page<StudyPage>(nameof(StudyPage.Model), studies.Read(query)),
            [PageLinks.SaePath] = query => Page<SaePage>(nameof(SaePage.Model), saes.Read(query)),
            [PageLinks.LatentPath] = query => Page<LatentPage>(nameof(LatentPage.Model), latents.Read(query)),
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
        if (path == PageLinks.ContextsPath && Start(query) is { } latent)
        {
            context.Response.StatusCode = (int)HttpStatusCode.SeeOther;
            context.Response.Headers.Location = latent;
            return Task.CompletedTask;
        }

        var (code, text) = Make(path, query);
        return Write(context, code, "text/html; charset=utf-8", text);
    }

    /// <summary>Ends what is being computed.</summary>
    public void Dispose() => _jobs.Dispose();

    /// <summary>Has contexts computed.</summary>
    /// <returns>Where the reader is led to; null where there is nothing to compute.</returns>
    private string? Start(PageQuery query)
    {
        try
        {
            var name = query.Text("sae");
            _jobs.Start(_tree.FolderOf(name));
            return PageLinks.Latent(name, query.Number("latent") ?? 0);
        }
        catch (NothingThereException)
        {
            return null;
        }
    }

    /// <summary>Makes a page; one that cannot be made says why.</summary>
    public (HttpStatusCode Code, string Text) Make(string path, PageQuery query)
    {
        try
        {
            return _pages.TryGetValue(path, out var page)
                ? (HttpStatusCode.OK, page(query))
                : throw new NothingThereException("There is no such page.");
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
        catch (Exception error) when (error is not OutOfMemoryException)
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
