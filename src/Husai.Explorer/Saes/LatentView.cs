using System.Globalization;
using Husai.Analysis.Similarity;
using Husai.Experiments.Studies.Results;
using Husai.Explorer.Hosting;
using Husai.Explorer.Runs;
using Husai.Formats.Files;
using Husai.Reporting.Data;
using Husai.Reporting.Figures;

namespace Husai.Explorer.Saes;

/// <summary>A latent: what it is, and where it is found again.</summary>
internal sealed class LatentView(
    FolderTree tree, SaeCache saes, FiringCache firing, LogitEffects effects, ContextCache contexts, ContextJobs? jobs)
{
    // As much as the cache of SAEs keeps: more would be read again for every latent.
    private const long MostPartnerBytes = SaeCache.MostBytes;
    private const int MostPartners = 12;
    private const int NearestShown = 10;
    private const int PartnersShown = 3;

    /// <summary>Reads the latent that an address names.</summary>
    /// <exception cref="NothingThereException">There is none.</exception>
    public LatentModel Read(PageQuery query)
    {
        var (name, folder, sae, latent) = Find(query);
        var (partners, refused) = PartnersOf(folder, name, sae, latent);
        var own = contexts.Read(folder, latent, "this latent");
        var pairs = firing.OnAllPairs(folder);
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
                    "", near.Row, PageLinks.Latent(name, near.Row), near.Cosine, sae.IsotropicWithin,
                    ShownText.Share(sae.Frequency(near.Row)))),
            ],
            Partners = [.. partners.Select(partner => partner.Match)],
            Refused = refused,
            Portrait = pairs is { } known ? PortraitOf(known, folder, name, latent, partners) : null,
            Figures =
            [
                .. ((ReportFigure?[])
                    [
                        pairs is { } all ? ExplorerFigures.Activations(all.Firing.Histogram(latent), all.Firing.Rows)
                            : own?.Histogram is { } histogram ? ExplorerFigures.Activations(histogram, own.Rows)
                            : null,
                        effects.Figure(folder, sae.Dictionary.Decoder.Row(latent)),
                    ]).OfType<ReportFigure>(),
            ],
            Offer = jobs is null
                ? null
                : WithContexts(folder, partners)
                    .Where(one => !contexts.Has(one)).Select(jobs.OfferFor).FirstOrDefault(offer => offer is not null),
            Contexts =
            [
                .. ((LatentContexts?[])
                    [
                        own,
                        .. partners.Take(PartnersShown).Select(partner => contexts.Read(
                            partner.Folder, partner.Match.Latent, $"{partner.Match.Sae}, latent {partner.Match.Latent}")),
                    ]).OfType<LatentContexts>(),
            ],
            Previous = latent > 0 ? PageLinks.Latent(name, latent - 1) : null,
            Next = latent + 1 < sae.Latents ? PageLinks.Latent(name, latent + 1) : null,
        };
    }

    /// <summary>The SAEs whose contexts the page of a latent shows: its own, then those of its first partners.</summary>
    /// <exception cref="NothingThereException">There is no such latent.</exception>
    public IReadOnlyList<string> SaesWithContexts(PageQuery query)
    {
        var (name, folder, sae, latent) = Find(query);
        return WithContexts(folder, PartnersOf(folder, name, sae, latent).Partners);
    }

    private (string Name, string Folder, LoadedSae Sae, int Latent) Find(PageQuery query)
    {
        var name = query.Text("sae");
        var folder = tree.FolderOf(name);
        var sae = saes.Read(folder);
        return query.Number("latent") is { } latent && latent < sae.Latents
            ? (name, folder, sae, latent)
            : throw new NothingThereException(
                $"The SAE has latents 0 to {sae.Latents - 1}, not '{ShownText.Name(query.Text("latent"))}'.");
    }

    private static string[] WithContexts(string folder, IEnumerable<(string Folder, LatentMatch Match)> partners) =>
        [folder, .. partners.Take(PartnersShown).Select(partner => partner.Folder)];

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
        var beside = SaeCache.Beside(folder, tree);
        var room = MostPartnerBytes - sae.Bytes;
        foreach (var other in beside.Take(MostPartners))
        {
            var shown = ShownText.Name(Path.GetFileName(other));
            room -= FileStamp.OfWeights(other).Length / 2;
            if (room < 0 && partners.Count > 0)
            {
                refused.Add(new NamedValue(shown, "is too large to be compared here with the others: its pair shows the matches"));
                continue;
            }

            try
            {
                var loaded = saes.Read(other);
                var otherName = tree.NameOf(other);
                partners.AddRange(Near(sae, latent, loaded, 1, loaded.IsLive).Select(near => (other, new LatentMatch(
                    shown, near.Row, PageLinks.Latent(otherName, near.Row), near.Cosine, loaded.Isotropic,
                    ShownText.Share(loaded.Frequency(near.Row)), PageLinks.Pair(name, otherName)))));
            }
            catch (Exception error) when (error is InvalidFileException or NothingThereException or ArgumentException or IOException)
            {
                refused.Add(new NamedValue(shown, ShownText.Name(error.Message)));
            }
        }

        if (beside.Count > MostPartners)
        {
            refused.Add(new NamedValue(
                "not looked at", $"{beside.Count - MostPartners} more SAEs beside this one: their pairs show the matches"));
        }

        return (partners, refused);
    }

    private static IReadOnlyList<(int Row, double Cosine)> Near(
        LoadedSae sae, int latent, LoadedSae other, int count, Func<int, bool> candidates) =>
        NearestRows.Of(sae.Dictionary.Decoder.Row(latent), other.Dictionary.Decoder, count, candidates, other.Norms);

    private ReportFigure PortraitOf(
        (LatentFiring Firing, int Modulus) own, string folder, string name, int latent,
        IReadOnlyList<(string Folder, LatentMatch Match)> partners)
    {
        var maps = new List<LatentMap> { new(SeedOf(folder), latent, 1, own.Firing.Map(latent)) };
        foreach (var (other, match) in partners.Take(PartnersShown))
        {
            if (firing.OnAllPairs(other) is { } theirs && theirs.Modulus == own.Modulus)
            {
                maps.Add(new LatentMap(SeedOf(other), match.Latent, match.Cosine, theirs.Firing.Map(match.Latent)));
            }
        }

        return ExplorerFigures.Portrait(new LatentPortrait(ShownText.Name(ShortNameOf(name)), "Map over (a, b)", maps));
    }

    // Configuration and seed.
    private static string ShortNameOf(string name) => string.Join('/', name.Split('/').TakeLast(2));

    // Folders of seeds are called after them.
    private static long SeedOf(string folder) =>
        long.TryParse(
            Path.GetFileName(folder).Split('_')[^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? seed : 0;
}
