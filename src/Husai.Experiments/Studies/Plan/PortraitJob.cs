using Husai.Analysis.Stability;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies.Results;
using Husai.Numerics.Matrices;
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
        var codes = seeds.Where(context.IsComplete).Select(seed => seed.Load(context).Sae.Encode(matrix, workers)).ToList();
        var shown = ShownLatents.Of(measured, latent => Share(codes[0], latent.Latent) >= LeastShare, portraits);
        ExperimentJson.Write(context.PathOf(PortraitResult.FileName), new PortraitResult(
            [.. shown.Select(chosen => new LatentPortraitResult(chosen.Title, Maps(agreement, chosen.Latent, codes)))]));
    }

    private static List<LatentMap> Maps(StabilityResult agreement, LatentStability latent, List<Matrix> codes)
    {
        var maps = new List<LatentMap> { new(agreement.Seeds[0], latent.Latent, 1, Column(codes[0], latent.Latent)) };
        for (var other = 1; other < codes.Count; other++)
        {
            maps.Add(
                new(agreement.Seeds[other], latent.Partners[other], latent.Cosines[other], Column(codes[other], latent.Partners[other])));
        }

        return maps;
    }

    private static double Share(Matrix codes, int latent) => Column(codes, latent).Count(value => value > 0) / (double)codes.Rows;

    private static float[] Column(Matrix codes, int column)
    {
        var values = new float[codes.Rows];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = codes[row, column];
        }

        return values;
    }
}
