using Husai.Worlds.Construction;
using Husai.Worlds.Sampling;

namespace Husai.Worlds.Tests.Statistics;

/// <summary>The statistics that the published code gives, within what a million samples of another seed may differ by.</summary>
public sealed class PublishedStatisticsTests
{
    private const int Samples = 1_000_000;
    private static readonly (int First, int End)[] Bands = [(0, 8), (8, 40), (40, 168), (168, 256)];

    // By band, then by world from A to D.
    private static readonly double[][] Rates =
    [
        [0.20893, 0.20878, 0.20892, 0.20894], [0.06943, 0.06947, 0.05115, 0.05123], [0.02222, 0.02224, 0.01246, 0.01246],
        [0.00772, 0.00773, 0.00772, 0.00773],
    ];

    private static readonly double[][] Magnitudes =
    [
        [4.9861, 4.9857, 4.9863, 4.9865], [4.9085, 4.9089, 4.9082, 4.9085], [4.5946, 4.5948, 4.5946, 4.5955],
        [4.1716, 4.1716, 4.1727, 4.1717],
    ];

    private static readonly double[][] Deviations =
        [[0.525, 0.504, 0.504, 0.504], [0.610, 0.598, 0.598, 0.852], [0.563, 0.556, 0.555, 1.053], [0.585, 0.593, 0.592, 0.593]];

    private static readonly double[] DeviationTolerances = [0.5, 0.2, 0.15, 0.08];

    // By world.
    private static readonly double[] CountDeviationTolerances = [0.01, 0.12, 0.015, 0.8];
    private static readonly double[] VarianceTolerances = [3, 3, 8, 9];
    private static readonly double[] PhiMeans = [0, 0.00199, 0.00242, 0.00305];
    private static readonly double[] PhiMeanTolerances = [2e-5, 0.0008, 3e-5, 0.0025];
    private static readonly double[] PhiDeviations = [0.001, 0.01358, 0.03623, 0.03686];
    private static readonly double[] PhiDeviationTolerances = [1e-5, 0.0015, 3e-5, 0.001];

    [Theory]
    [InlineData('A', 7.417, 2.599, 156.5)]
    [InlineData('B', 7.420, 3.103, 157.3)]
    [InlineData('C', 5.582, 3.425, 117.2)]
    [InlineData('D', 5.586, 3.544, 119.4)]
    public void Small_worlds_have_the_published_statistics(char name, double meanCount, double countDeviation, double variance)
    {
        // The published numbers are means over worlds. Where loadings are random, worlds differ more than samples do (the rates of children
        // over their base probabilities by 0.003): three of them share the samples.
        long[] seeds = name is 'B' or 'D' ? [5, 6, 7] : [1];
        var runs = Array.ConvertAll(
            seeds,
            seed => new SampleStatistics(new WorldSampler(WorldBuilder.Build(GoldenWorlds.Small(name, seed)), 1), Samples / seeds.Length));
        double Mean(Func<SampleStatistics, double> statistic) => runs.Average(statistic);
        var column = name - 'A';

        Near(meanCount, Mean(run => run.MeanCount), name == 'D' ? 0.03 : 0.015);
        Near(countDeviation, Mean(run => run.CountDeviation), CountDeviationTolerances[column]);
        Near(variance, Mean(run => run.TotalVariance), VarianceTolerances[column]);
        for (var band = 0; band < Bands.Length; band++)
        {
            var (first, end) = Bands[band];
            Near(Rates[band][column], Mean(run => run.MeanRate(first, end)), 0.01 * Rates[band][column]);
            Near(Magnitudes[band][column], Mean(run => run.MeanMagnitude(first, end)), 0.008);
            Near(Deviations[band][column], Mean(run => run.MeanDeviation(first, end)), DeviationTolerances[band]);
        }

        Near(PhiMeans[column], Mean(run => run.Phi().Mean), PhiMeanTolerances[column]);
        Near(PhiDeviations[column], Mean(run => run.Phi().Deviation), PhiDeviationTolerances[column]);
        if (name is 'B' or 'D')
        {
            Near(0.0947, Mean(run => run.World.Correlation!.RootMeanSquareCorrelation()), 0.016);
            Near(0.7677, Mean(run => run.World.Correlation!.MeanOwnVariance), 0.036);
        }

        if (name is 'C' or 'D')
        {
            double[] given = name == 'C' ? [0.2467, 0.2414] : [0.2469, 0.2409];
            double[] overBase = name == 'C' ? [0.7363, 0.5606] : [0.7375, 0.5606];
            var probabilities = BaseProbabilities.Create(GoldenWorlds.Small(name).Probabilities, 256, 1);
            for (var depth = 1; depth <= 2; depth++)
            {
                Near(given[depth - 1], Mean(run => run.ChildGivenParent(depth)), name == 'C' ? 0.001 : 0.002);
                var ratio = Mean(run => run.Children(depth).Sum(run.Rate) / run.Children(depth).Sum(child => probabilities[child]));
                Near(overBase[depth - 1], ratio, name == 'C' ? 0.004 : 0.006);
            }
        }
    }

    [Fact]
    public void The_dictionary_of_small_worlds_is_as_far_from_orthogonal_as_the_published_one()
    {
        var dictionary = WorldBuilder.Build(GoldenWorlds.Small('A')).Dictionary;
        var (sum, maxima) = (0.0, 0.0);
        for (var i = 0; i < dictionary.Rows; i++)
        {
            var largest = 0.0;
            for (var j = 0; j < dictionary.Rows; j++)
            {
                if (i != j)
                {
                    var cosine = Math.Abs(Husai.Numerics.Kernels.Reductions.Dot(dictionary.Row(i), dictionary.Row(j)));
                    sum += cosine;
                    largest = Math.Max(largest, cosine);
                }
            }

            maxima += largest;
        }

        // Four standard deviations over seeds.
        Near(0.1070, sum / (dictionary.Rows * (dictionary.Rows - 1)), 0.0012);
        Near(0.399, maxima / dictionary.Rows, 0.012);
    }

    [Fact]
    public void World_d_from_its_arrays_differs_by_sampling_noise_only()
    {
        var statistics = new SampleStatistics(new WorldSampler(GoldenWorlds.D(), 1), Samples);
        var node = GoldenWorlds.Expected["world_d"]!;
        var (rates, means, deviations) = (
            GoldenWorlds.Vector("world_d_rate_1m"), GoldenWorlds.Vector("world_d_magmean_1m"), GoldenWorlds.Vector("world_d_magsd_1m"));

        // Both sides have the noise of a million samples: five standard errors of a difference.
        Near((double)node["mean_l0"]!, statistics.MeanCount, 5 * 3.78 * Math.Sqrt(2.0 / Samples));
        Near((double)node["sd_l0"]!, statistics.CountDeviation, 0.02);
        Near((double)node["total_variance"]!, statistics.TotalVariance, 0.9);
        Near((double)node["phi_mean"]!, statistics.Phi().Mean, 5e-5);
        Near((double)node["phi_sd"]!, statistics.Phi().Deviation, 2e-4);
        for (var feature = 0; feature < rates.Length; feature++)
        {
            var rate = (double)rates[feature];
            Near(rate, statistics.Rate(feature), 5 * Math.Sqrt(2 * rate * (1 - rate) / Samples));
            var firing = rate * Samples;
            Near(means[feature], statistics.Magnitude(feature), 5 * deviations[feature] * Math.Sqrt(2 / firing) + 1e-4);
            Near(deviations[feature], statistics.MagnitudeDeviation(feature), 5 * deviations[feature] * Math.Sqrt(2 / firing) + 1e-4);
        }

        Near((double)node["child_given_parent"]!["0"]!, statistics.ChildGivenParent(1), 0.002);
        Near((double)node["child_given_parent"]!["1"]!, statistics.ChildGivenParent(2), 0.002);
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
