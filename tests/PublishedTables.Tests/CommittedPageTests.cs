using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Similarity;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Reporting.Results;
using PublishedTables.Measures;

namespace PublishedTables.Tests;

/// <summary>Makes parts of the tables in docs/results-published.md again.</summary>
public sealed class CommittedPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-results-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_random_baselines_are_those_of_the_page()
    {
        LatentDictionary[] decoders = [
            .. Enumerable.Range(0, 5).Select(seed =>
                new LatentDictionary($"{seed}", RandomDirections.Isotropic(1024, 128, new RandomStream((ulong)seed, "any"))))];
        var scores = AsPublishedScores.Of(decoders, 113);

        Assert.Equal(Ours("random decoders: PWMCC"), ResultText.Number(scores.MeanRandomPwmcc(), 4));
        Assert.Equal(Ours("Fourier overlap, random"), ResultText.Number(scores.RandomFourierOverlapsAsPublished.Average(), 4));
        Assert.All(
            scores.SubspaceOverlapAsPublished,
            overlap => Assert.Equal(Ours($"{overlap.Rank} directions, random"), ResultText.Number(overlap.Random)));
        Assert.InRange(double.Parse(Ours("random decoders: PWMCC"), CultureInfo.InvariantCulture), 0.2978, 0.2998);
    }

    [Fact]
    public void The_first_row_of_the_width_sweep_is_that_of_the_page()
    {
        var study = StudyReader.Read(Path.Combine(
            Root(), "research", "PublishedTables", "configs", PublishedStudies.Original + ".yaml"));
        study = study with
        {
            Saes = [.. study.Saes.Where(sae => sae.Name == PublishedStudies.Width(16))],
            Analyses = study.Analyses with { Dynamics = false, Comparisons = [] },
        };
        var results = StudyRun.Run(study, _folder, threads: 2, new Silent());
        var made = new PublishedStudies(ResultsInput.Of([results]), StudyMeasures.Of([results], Workers.Alone));
        var (pwmcc, loss) = WidthSection.Comparisons(made)[0];

        Assert.Equal(Ours("16 / 4"), ResultText.Number(pwmcc.Ours));
        Assert.Equal((true, true), (pwmcc.IsMet, loss.IsMet));
        Assert.InRange(made.Transformers[0].FirstPerfectEpoch!.Value, 1, 10);
        Assert.InRange(made.Transformers[0].EffectiveRank, 80.5 - 1.5, 80.5 + 1.5);
    }

    private static string Ours(string row) => File.ReadLines(Path.Combine(Root(), "docs", "results-published.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .First(cells => cells.Length > 4 && cells[1] == row)[4];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Husai.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not lie in the repository");
        }

        return folder.FullName;
    }

    private sealed class Silent : IJobObserver
    {
        public void Progress(RunProgress progress)
        {
        }

        public void Damaged(string job, string damage)
        {
        }

        public void Failed(string job, string reason)
        {
        }
    }
}
