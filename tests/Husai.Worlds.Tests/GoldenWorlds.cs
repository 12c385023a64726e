using System.Text.Json.Nodes;
using Husai.Formats.Numpy;
using Husai.Numerics.Matrices;
using Husai.Worlds.Model;
using Husai.Worlds.Options;

namespace Husai.Worlds.Tests;

/// <summary>The golden arrays and numbers, made with PyTorch, and the worlds that they are about.</summary>
internal static class GoldenWorlds
{
    private static readonly Lazy<JsonNode> Numbers = new(() => JsonNode.Parse(File.ReadAllText(PathOf("expected.json")))!);

    public static JsonNode Expected => Numbers.Value;

    /// <summary>World D of the specification, seed 1, as arrays.</summary>
    public static World D()
    {
        var node = Expected["world_d"]!;
        var parents = node["parents"]!.AsArray().Select(parent => (int)parent!).ToArray();
        var exclusive = node["exclusive_children"]!.AsArray().Select(flag => (int)flag! == 1).ToArray();
        return new World(
            Matrix("world_d_vectors"), Vector("world_d_bias"), Vector("world_d_probabilities"), Vector("world_d_mean"),
            Vector("world_d_std"), new FactorCorrelation(Matrix("world_d_factor"), Vector("world_d_diag")),
            new FeatureTrees(parents, exclusive), scalesByParent: true);
    }

    /// <summary>Options of the small worlds A to D.</summary>
    public static WorldOptions Small(char name, long seed = 1) => new()
    {
        Features = 256,
        Width = 48,
        Probabilities = new ProbabilityOptions { Smallest = 0.005 },
        Means = new MagnitudeOptions { Law = MagnitudeLaw.Linear, Start = 5, End = 4 },
        Deviations = new MagnitudeOptions { Law = MagnitudeLaw.FoldedNormal, Mean = 0.5, Deviation = 0.5 },
        Correlation = new CorrelationOptions { Rank = name is 'B' or 'D' ? 6 : 0, Scale = 0.2 },
        Trees = name is 'C' or 'D'
            ? new TreeOptions
            {
                Roots = 8,
                Children = 4,
                MaxDepth = 2,
                ExclusiveShare = 1,
                CompensateProbabilities = true,
                ScaleByParent = name == 'D',
            }
            : new TreeOptions(),
        Dictionary = new DictionaryOptions { OrthogonalisationSteps = 100, LearningRate = 3e-4, BiasNorm = 0.5 },
        Seed = seed,
    };

    /// <summary>Options of SynthSAEBench-16k-v2, without its width and its steps of orthogonalisation.</summary>
    public static WorldOptions Published() => new()
    {
        Width = 16,
        Means = new MagnitudeOptions { Law = MagnitudeLaw.Linear, Start = 5, End = 4 },
        Deviations = new MagnitudeOptions { Law = MagnitudeLaw.FoldedNormal, Mean = 0.5, Deviation = 0.5 },
        Correlation = new CorrelationOptions { Rank = 25, Scale = 0.1 },
        Trees = new TreeOptions
        {
            Roots = 128,
            Children = 4,
            MaxDepth = 3,
            ExclusiveShare = 1,
            CompensateProbabilities = true,
            ScaleByParent = true,
        },
    };

    public static Matrix Matrix(string name) => NumpyFile.Read(PathOf(name + ".npy")).ToMatrix();

    public static float[] Vector(string name)
    {
        var tensor = NumpyFile.Read(PathOf(name + ".npy"));
        return tensor.ToSingles();
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Oracles", "worlds", name);
}
