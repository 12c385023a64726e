using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Analysis.Published;
using Husai.Analysis.Similarity;
using Husai.Experiments.Jobs;
using Husai.Experiments.Studies;
using Husai.Experiments.Studies.Configuration;
using Husai.Numerics.Randomness;
using Husai.Reporting.Results;
using Husai.Reporting.Results.Published;

namespace Husai.Reporting.Tests.Results;

/// <summary>Makes parts of the tables in docs/results.md again.</summary>
public sealed class CommittedResultsTests : IDisposable
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

        Assert.Equal(Cell("random decoders: PWMCC", 2), ResultText.Number(scores.MeanRandomPwmcc(), 4));
        Assert.Equal(Cell("Fourier overlap, random", 2), ResultText.Number(scores.RandomFourierOverlapAsPublished, 4));
        Assert.All(
            scores.SubspaceOverlapAsPublished,
            overlap => Assert.Equal(Cell(overlap.Rank.ToString(CultureInfo.InvariantCulture), 5), ResultText.Number(overlap.Random)));
        Assert.InRange(double.Parse(Cell("random decoders: PWMCC", 2), CultureInfo.InvariantCulture), 0.2978, 0.2998);
    }

    [Fact]
    public void The_first_row_of_the_width_sweep_is_that_of_the_page()
    {
        var study = StudyReader.Read(Path.Combine(Root(), "configs", "studies", PublishedNames.OriginalStudy + ".yaml"));
        study = study with
        {
            Saes = [.. study.Saes.Where(sae => sae.Name == PublishedNames.Width(16))],
            Analyses = study.Analyses with { Dynamics = false },
        };
        var results = StudyRun.Run(study, _folder, threads: 2, new Silent());
        var data = ResultsInput.Of([results]);
        var line = WidthSection.Lines(data)[0];

        Assert.Equal(Cell("16 / 4", 2), ResultText.Number(line.Pwmcc));
        Assert.Equal(Cell("16 / 4", 4), ResultText.Number(line.Ratio, 2));
        Assert.InRange(line.Ratio!.Value - line.PublishedRatio, -0.15, 0.15);
        Assert.InRange(data.Transformers[0].FirstPerfectEpoch!.Value, 1, 10);
        Assert.True(data.Transformers[0].EffectiveRank > 60, $"effective rank {data.Transformers[0].EffectiveRank}");
    }

    private static string Cell(string row, int column) => File.ReadLines(Path.Combine(Root(), "docs", "results.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .First(cells => cells.Length > column + 1 && cells[1] == row)[column + 1];

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
