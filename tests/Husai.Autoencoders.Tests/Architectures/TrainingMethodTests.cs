using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Metrics;
using Husai.Autoencoders.Model;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Storage;
using Husai.Autoencoders.Tests.Training;
using Husai.Autoencoders.Training;
using Husai.Autoencoders.Training.Starts;
using Husai.Numerics.Parallelism;

namespace Husai.Autoencoders.Tests.Architectures;

public sealed class TrainingMethodTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("husai-methods").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_method_is_listed_once()
    {
        var described = typeof(TrainingMethod).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(TrainingMethod)) && !type.IsAbstract);

        Assert.Equal(described.Select(type => type.Name).Order(), TrainingMethods.All.Select(method => method.GetType().Name).Order());
        Assert.Distinct(TrainingMethods.All.Select(method => method.Name));
    }

    [Fact]
    public void The_configuration_allows_the_names_in_the_list()
    {
        var limit = typeof(SaeOptions).GetProperty(nameof(SaeOptions.Architecture))!
            .GetCustomAttribute<AllowedValuesAttribute>();

        Assert.Equal<object?>(["relu", "topk", "batchtopk", "jumprelu", "gated", "matryoshka", "matching_pursuit"], limit!.Values);
        Assert.All(TrainingMethods.All, method => Assert.Same(method, new SaeOptions { Architecture = method.Name }.Method()));
    }

    [Fact]
    public void Another_name_is_an_error() => Assert.StartsWith(
        "no architecture is called 'none'",
        Assert.Throws<ArgumentException>(() => new SaeOptions { Architecture = "none" }.Method()).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("relu", 0, null, "l1", 0.5)]
    [InlineData("gated", 0, null, "l1", 0.5)]
    [InlineData("topk", 0, 7.0, "k", 7)]
    [InlineData("batchtopk", 0, 7.0, "k", 7)]
    [InlineData("matryoshka", 0, 7.0, "k", 7)]
    [InlineData("matching_pursuit", 0, 7.0, "k", 7)]
    [InlineData("jumprelu", 0, null, "l0 coefficient", 0.25)]
    [InlineData("jumprelu", 9, 9.0, "target l0", 9)]
    public void The_options_say_how_sparse_codes_are(string architecture, double targetL0, double? expected, string name, double value)
    {
        var options = new SaeOptions
        {
            Architecture = architecture,
            K = 7,
            L1Coefficient = 0.5,
            L0Coefficient = 0.25,
            TargetL0 = targetL0,
        };

        Assert.Equal(expected, options.Method().TargetL0(options));
        Assert.Equal((name, value), options.Method().SparsitySetting(options));
    }

    [Theory]
    [InlineData("relu", true)]
    [InlineData("topk", false)]
    [InlineData("jumprelu", false)]
    public void Weighing_by_decoder_norm_is_for_relu_only(string architecture, bool isAllowed)
    {
        var options = new SaeOptions { Architecture = architecture, NormWeightedL1 = true };

        var problems = options.Validate(new ValidationContext(options)).Select(problem => problem.ErrorMessage);

        Assert.Equal(isAllowed ? [] : ["norm_weighted_l1 is for the architecture relu"], problems);
    }

    [Fact]
    public void A_method_that_the_library_does_not_know_is_trained_saved_and_checked()
    {
        var source = new MatrixActivations(SyntheticActivations.Create(400));
        var options = new SaeOptions
        {
            Architecture = "relu",
            Latents = 48,
            L1Coefficient = 0.06,
            LearningRate = 3e-3,
            InitialThreshold = 0.1,
        };
        var resolved = ResolvedOptions.Resolve(options, source.Width, source.Rows) with { Method = new SharedThresholdMethod() };
        var statistics = new ActivationStatistics(source, [.. Enumerable.Range(0, source.Rows)]);
        var normalisation = new InputNormalisation(resolved, statistics);
        var weights = SaeInitialisation.Create(resolved, normalisation.DecoderBias, normalisation.Scale, rows =>
            StartingDirections.Fill(
                rows, resolved, source, [.. Enumerable.Range(0, source.Rows)], statistics, normalisation.DecoderBias, Workers.Alone));
        var settings = EngineSettingsFactory.Create(resolved, source.Width, source.Rows, statistics.Variance, normalisation.Scale);
        var engine = new CpuEngine(settings, weights, Workers.Alone);
        BatchMeasures Step() => engine.Step(statistics.Sample, new StepSettings(options.LearningRate, options.K, 1));

        var first = Step();
        for (var step = 0; step < 300; step++)
        {
            Step();
        }

        var trained = resolved.Method.ToSae(new UnscaledWeights(weights, normalisation.Scale), resolved, options.K);
        SaeFolder.Save(_folder, new SavedSae(trained) { TrainingArchitecture = resolved.Method.Name });
        var saved = SaeFolder.Load(_folder);
        var metrics = SaeEvaluator.Evaluate(saved.Sae, source, options.DeadThreshold);
        var last = Step();

        Assert.True(last.Loss < first.Loss / 4, $"loss {first.Loss}, then {last.Loss}");
        Assert.Equal(last.L0, metrics.L0, 0.05);
        Assert.Equal(("sharedthreshold", SaeArchitecture.JumpRelu), (saved.TrainingArchitecture, saved.Sae.Architecture));
        Assert.True(Assert.Single(resolved.Method.Checks(options, options.Checks, metrics)).Ok);
    }
}
