using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Experiments.Studies.Results;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Formats.Files;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>A latent: what it is, and where it is found again.</summary>
internal sealed class LatentView(FolderTree tree, SaeCache saes, FiringCache firing, ContextCache contexts)
{
    private const int NearestShown = 10;
    private const int MapsShown = 4;

    /// <summary>Reads the latent that an address names.</summary>
    /// <exception cref="NothingThereException">There is none.</exception>
    public LatentModel Read(PageQuery query)
    {
        var name = query.Text("sae");
        var folder = tree.FolderOf(name);
        var sae = saes.Read(folder);
        if (query.Number("latent") is not { } latent || latent >= sae.Latents)
        {
            throw new NothingThereException(
                $"The SAE has latents 0 to {sae.Latents - 1}, not '{ShownText.Name(query.Text("latent"))}'.");
        }

        var (partners, refused) = PartnersOf(folder, name, sae, latent);
        return new LatentModel
        {
            Latent = latent,
            Latents = sae.Latents,
            Sae = ShownText.Name(name),
            SaeId = name,
            Above = SaePlace.Above(tree, folder),
            Facts = FactsOf(sae, latent),
            Nearest =
            [
                .. Near(sae, latent, sae, NearestShown, other => other != latent && sae.IsLive(other)).Select(near => new LatentMatch(
                    "", near.Row, PageLinks.Latent(name, near.Row), near.Cosine, ChanceOf(sae.Dictionary.Width, sae.Live - 1),
                    ShownText.Share(sae.Frequency(near.Row)))),
            ],
            Partners = [.. partners.Select(partner => partner.Match)],
            Refused = refused,
            Portrait = PortraitOf(folder, name, latent, partners),
            Contexts =
            [
                .. ((LatentContexts?[])
                    [
                        contexts.Read(folder, latent, "this latent"),
                        .. partners.Take(MapsShown - 1).Select(partner => contexts.Read(
                            partner.Folder, partner.Match.Latent, $"{partner.Match.Sae}, latent {partner.Match.Latent}")),
                    ]).OfType<LatentContexts>(),
            ],
            Previous = latent > 0 ? PageLinks.Latent(name, latent - 1) : null,
            Next = latent + 1 < sae.Latents ? PageLinks.Latent(name, latent + 1) : null,
        };
    }

    private static NamedValue[] FactsOf(LoadedSae sae, int latent) =>
    [
        new("firing frequency", ShownText.Share(sae.Frequency(latent))),
        new(
            "more frequent", sae.Frequency(latent) is { } frequency
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Enumerable.Range(0, sae.Latents).Count(other => sae.Frequency(other) > frequency)} of {sae.Latents} latents")
                : ShownText.Missing),
        new("state", sae.IsLive(latent) ? "live" : "dead"),
        new("decoder norm", ShownText.Number(sae.Norms[latent])),
    ];

    private (List<(string Folder, LatentMatch Match)> Partners, List<NamedValue> Refused) PartnersOf(
        string folder, string name, LoadedSae sae, int latent)
    {
        var partners = new List<(string Folder, LatentMatch Match)>();
        var refused = new List<NamedValue>();
        foreach (var other in SaeCache.Beside(folder, tree))
        {
            var shown = ShownText.Name(Path.GetFileName(other));
            try
            {
                var loaded = saes.Read(other);
                var otherName = tree.NameOf(other);
                partners.AddRange(Near(sae, latent, loaded, 1, loaded.IsLive).Select(near => (other, new LatentMatch(
                    shown, near.Row, PageLinks.Latent(otherName, near.Row), near.Cosine, ChanceOf(loaded.Dictionary.Width, loaded.Live),
                    ShownText.Share(loaded.Frequency(near.Row)), PageLinks.Pair(name, otherName)))));
            }
            catch (Exception error) when (error is InvalidFileException or NothingThereException or ArgumentException or IOException)
            {
                refused.Add(new NamedValue(shown, ShownText.Name(error.Message)));
            }
        }

        return (partners, refused);
    }

    private static IReadOnlyList<(int Row, double Cosine)> Near(
        LoadedSae sae, int latent, LoadedSae other, int count, Func<int, bool> candidates) =>
        NearestRows.Of(sae.Dictionary.Decoder.Row(latent), other.Dictionary.Decoder, count, candidates, other.Norms);

    private static double ChanceOf(int width, int candidates) =>
        width >= 2 && candidates >= 1 ? IsotropicMaximum.Signed(width, candidates) : double.NaN;

    private ReportFigure? PortraitOf(
        string folder, string name, int latent, IReadOnlyList<(string Folder, LatentMatch Match)> partners)
    {
        if (firing.Read(folder) is not { } own)
        {
            return null;
        }

        var maps = new List<LatentMap> { new(SeedOf(folder), latent, 1, own.Map(latent)) };
        foreach (var (other, match) in partners.Take(MapsShown - 1))
        {
            if (firing.Read(other) is { } theirs && theirs.Rows == own.Rows)
            {
                maps.Add(new LatentMap(SeedOf(other), match.Latent, match.Cosine, theirs.Map(match.Latent)));
            }
        }

        return ExplorerFigures.Portrait(new LatentPortrait(ShownText.Name(name), "Map over (a, b)", maps));
    }

    // Folders of seeds are called after them.
    private static long SeedOf(string folder) =>
        long.TryParse(
            Path.GetFileName(folder).Split('_')[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : 0;
}
