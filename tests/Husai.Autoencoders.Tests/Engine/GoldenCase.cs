using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>One file of <c>tests/Oracles/sae</c>, with the settings that <c>sae_golden.py</c> made it with.</summary>
internal sealed class GoldenCase
{
    public const int Rows = 72;
    public const int Steps = 10;
    private readonly TensorFile _file;

    public GoldenCase(string name)
    {
        _file = SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Oracles", "sae", name + ".safetensors"));
        Settings = name switch
        {
            "relu" => Of("relu") with { SparsityCoefficient = 0.3, ReconstructionWeight = 1.0 / 20 },
            "relu_weighted" => Of("relu") with
            {
                SparsityCoefficient = 0.3,
                WeightsByDecoderNorm = true,
                NormalisesDecoder = false,
                ProjectsDecoderGradient = false,
            },
            "topk" => WithAuxiliary(Of("topk")),
            "batchtopk" => WithAuxiliary(Of("batchtopk")),
            "jumprelu" => Of("jumprelu") with { SparsityCoefficient = 0.2, Bandwidth = 0.3 },
            "jumprelu_target" => Of("jumprelu") with { SparsityCoefficient = 0.5, Bandwidth = 0.3, TargetL0 = 4 },
            "gated" => Of("gated") with { SparsityCoefficient = 0.2 },
            _ => WithAuxiliary(Of("matryoshka")) with { NestedWidths = [8, 20, 48] },
        };
        Step = new StepSettings(1e-3, name == "matryoshka" ? 3 : 2, 1);
        Losses = _file.Require("losses").ToDoubles();
    }

    public static TheoryData<string> Names =>
        ["relu", "relu_weighted", "topk", "batchtopk", "jumprelu", "jumprelu_target", "gated", "matryoshka"];

    public EngineSettings Settings { get; }

    public StepSettings Step { get; }

    public double[] Losses { get; }

    public Matrix Batch(int step)
    {
        var all = _file.Require("batches", Steps, Rows, 20).ToSingles();
        return Matrix.From(Rows, 20, all.AsSpan(step * Rows * 20, Rows * 20));
    }

    public double[] Expected(string stage, Parameter parameter) => _file.Require($"{stage}.{parameter.Name}").ToDoubles();

    public TrainingWeights InitialWeights()
    {
        var weights = new TrainingWeights(Settings.Method, 48, 20);
        foreach (var parameter in weights.Parameters)
        {
            var values = _file.Require($"initial.{parameter.Name}").ToSingles();
            parameter.Values.SliceColumns(0, parameter.Columns).CopyFrom(Matrix.From(parameter.Values.Rows, parameter.Columns, values));
        }

        return weights;
    }

    private static EngineSettings Of(string architecture) => new() { Method = TrainingMethods.Find(architecture), BatchSize = Rows };

    private static EngineSettings WithAuxiliary(EngineSettings settings) =>
        settings with { AuxiliaryCoefficient = 1.0 / 32, AuxiliaryK = 5, DeadAfterRows = 72 };
}
