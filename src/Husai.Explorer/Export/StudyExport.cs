using System.Globalization;
using System.Net;
using Husai.Analysis.Stability;
using Husai.Experiments.Folders;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Explorer.Saes;
using Husai.Explorer.Tables;
using Husai.Formats.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Husai.Explorer.Export;

/// <summary>Writes the pages of one study as files that open from disk, without a server.</summary>
internal static class StudyExport
{
    private const string TemporaryExtension = ".partial";

    // The latents that have pages first.
    private const string MostFrequentFirst = "&sort=1&order=desc";

    /// <summary>Writes the pages. The folder appears as a whole or not at all.</summary>
    /// <param name="request">What is written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InvalidFileException">There is no study, or the folder to write to is not free.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static ExportedStudy Write(ExportRequest request, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var study = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Study));
        var output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(request.Output));
        RequireFit(study, output);
        var tree = new FolderTree([study]);
        var plan = new ExportPlan(tree, new SaeCache(), study, request.Latents);
        using var pages = new PageRoutes(
            new ExplorerOptions { Folders = [study], Cache = request.Cache }, request.Workers, time, isExport: true);
        var temporary = output + TemporaryExtension;
        try
        {
            OutputFolder.Create(temporary);
            var (bytes, problems) = WritePages(pages, plan, temporary, request, cancellation);
            if (Directory.Exists(output))
            {
                Directory.Delete(output);
            }

            OutputFolder.Publish(temporary, output);
            return new ExportedStudy(plan.Pages.Count, bytes, plan.Latents, plan.SaesLeftOut, plan.PairsLeftOut, problems);
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw;
        }
    }

    private static void RequireFit(string study, string output)
    {
        if (RunSearch.KindOf(study) != RunKind.Study)
        {
            throw new InvalidFileException(study, "is no study: a study's folder holds config.yaml and manifest.json");
        }

        if (ExplorerCache.LiesIn(output, [study]))
        {
            throw new InvalidFileException(output, "lies in the study that is exported; name a folder outside of it");
        }

        if (File.Exists(output) || (Directory.Exists(output) && Directory.EnumerateFileSystemEntries(output).Any()))
        {
            throw new InvalidFileException(output, "is there already; name a folder that is not, or an empty one");
        }

        if (Path.Exists(output + TemporaryExtension))
        {
            throw new InvalidFileException(
                output + TemporaryExtension, "was left by an export that was killed, or another one is writing it; remove it or wait");
        }
    }

    private static (long Bytes, int Problems) WritePages(
        PageRoutes pages, ExportPlan plan, string folder, ExportRequest request, CancellationToken cancellation)
    {
        var note = NoteOn(plan);
        var (bytes, problems) = (0L, 0);
        void Write(string name, string text)
        {
            var path = Path.Combine(folder, name);
            AtomicFile.WriteText(path, text);
            bytes += new FileInfo(path).Length;
        }

        foreach (var asset in (string[])["explorer.css", "explorer.js"])
        {
            Write(asset, EmbeddedAssets.Find("/" + asset)!.Value.Text);
        }

        for (var index = 0; index < plan.Pages.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            request.Progress?.Invoke(new StageProgress("pages", index, plan.Pages.Count));
            var (link, file) = plan.Pages[index];
            var (code, text) = Render(pages, link);
            problems += code == HttpStatusCode.OK ? 0 : 1;
            Write(file, ExportedPage.Of(text, plan, note));
        }

        return (bytes, problems);
    }

    private static (HttpStatusCode Code, string Text) Render(PageRoutes pages, string link)
    {
        var (path, query) = (link.Split('?')[0], link.Split('?')[1]);
        var sorted = path == PageLinks.SaePath ? query + MostFrequentFirst : query;
        return pages.Make(path, new PageQuery(new QueryCollection(QueryHelpers.ParseQuery(sorted))));
    }

    private static string NoteOn(ExportPlan plan) => string.Create(
        CultureInfo.InvariantCulture,
        $"A copy of the explorer's pages, without a server. The {plan.Latents} latents of each SAE that fire most often have a page; ")
        + (plan.HasUnknownFrequencies
            ? string.Create(CultureInfo.InvariantCulture, $"where it is not known how often they fire, the first {plan.Latents}; ")
            : "")
        + string.Create(CultureInfo.InvariantCulture, $"tables show their first {TableModel.RowsOnPage} rows.")
        + LeftOut(plan.SaesLeftOut, "SAEs") + LeftOut(plan.PairsLeftOut, "pairs of SAEs");

    private static string LeftOut(int number, string kind) => number == 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $" {number} {kind} have no page.");
}
