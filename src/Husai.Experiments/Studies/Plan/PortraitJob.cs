using Husai.Analysis.Stability;
using Husai.Autoencoders.Model;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Parallelism;

namespace Husai.Experiments.Studies.Plan;

/// <summary>
/// Takes the maps of a few latents and of their best matches in the other seeds: the most stable ones first, then the least stable.
/// </summary>
internal sealed class PortraitJob(
    ActivationsJob activations, string configuration, IReadOnlyList<SaeJob> seeds, StabilityJob stability, int portraits)
    : Job($"portraits/{activations.Place}/{configuration}", [stability, .. seeds, activations])
{
    // A latent that fires on hardly any input shows nothing.
    private const double LeastShare = 0.01;

    public override string Kind => "portrait";

    public override bool CanDoWithout(Job dependency) => dependency is SaeJob;

    public override IReadOnlyList<string> Outputs => [PortraitResult.FileName];

    public override string Inputs => FormattableString.Invariant($"{portraits}");

    public override void Run(JobContext context, Workers workers)
    {
        var agreement = ExperimentJson.Read<StabilityResult>(Path.Combine(context.FolderOf(stability), StabilityResult.FileName));
        if (agreement.Agreement is not { } measured)
        {
            ExperimentJson.Write(context.PathOf(PortraitResult.FileName), new PortraitResult([]));
            return;
        }

        var matrix = activations.Derived.Activations(context);
        var saes = seeds.Where(context.IsComplete).Select(seed => seed.Load(context).Sae).ToList();
        var first = saes[0].MapsOf(matrix, workers: workers);
        var shown = ShownLatents.Of(measured, latent => Share(first.Row(latent.Latent)) >= LeastShare, portraits).ToList();

        // Of the other seeds only the partners are kept: all maps of all seeds would fill the memory.
        var partners = saes.Select((sae, seed) => seed == 0
            ? []
            : PartnersOf(sae, [.. shown.Select(chosen => chosen.Latent.Partners[seed]).Distinct()])).ToList();
        ExperimentJson.Write(context.PathOf(PortraitResult.FileName), new PortraitResult(
            [.. shown.Select(chosen => new LatentPortraitResult(chosen.Title, Maps(chosen.Latent)))]));

        Dictionary<int, float[]> PartnersOf(Sae sae, int[] latents)
        {
            var maps = sae.MapsOf(matrix, latents, workers);
            return latents.Index().ToDictionary(partner => partner.Item, partner => maps.Row(partner.Index).ToArray());
        }

        List<LatentMap> Maps(LatentStability latent)
        {
            var maps = new List<LatentMap> { new(agreement.Seeds[0], latent.Latent, 1, first.Row(latent.Latent).ToArray()) };
            for (var other = 1; other < saes.Count; other++)
            {
                var partner = latent.Partners[other];
                maps.Add(new(agreement.Seeds[other], partner, latent.Cosines[other], partners[other][partner]));
            }

            return maps;
        }
    }

    private static double Share(ReadOnlySpan<float> map)
    {
        var firing = 0;
        foreach (var value in map)
        {
            firing += value > 0 ? 1 : 0;
        }

        return firing / (double)map.Length;
    }
}
