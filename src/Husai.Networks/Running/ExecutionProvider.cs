using Microsoft.ML.OnnxRuntime;

namespace Husai.Networks.Running;

/// <summary>What OnnxRuntime runs a network on.</summary>
public enum ExecutionProvider
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>CUDA, on a graphics card of NVIDIA.</summary>
    Cuda,

    /// <summary>TensorRT, on a graphics card of NVIDIA.</summary>
    TensorRt,

    /// <summary>DirectML, on a graphics card under Windows.</summary>
    DirectMl,

    /// <summary>Core ML, on hardware of Apple.</summary>
    CoreMl,

    /// <summary>OpenVINO, on hardware of Intel.</summary>
    OpenVino,
}

/// <summary>Facts about execution providers.</summary>
internal static class ExecutionProviders
{
    /// <summary>The names that options take.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Enum.GetNames<ExecutionProvider>().Select(name => name.ToLowerInvariant())];

    /// <summary>Makes sure that the OnnxRuntime of this program has a provider.</summary>
    /// <param name="provider">The provider.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void Require(ExecutionProvider provider)
    {
        var available = OrtEnv.Instance().GetAvailableProviders();
        if (!available.Contains(NameOf(provider)))
        {
            throw new ArgumentException(
                $"the OnnxRuntime of this program has no {NameOf(provider)}, only {string.Join(", ", available)}; put one that has it "
                + "beside the program, or leave the provider out", nameof(provider));
        }
    }

    internal static void Add(this SessionOptions options, ExecutionProvider provider)
    {
        switch (provider)
        {
            case ExecutionProvider.Cuda:
                options.AppendExecutionProvider_CUDA();
                break;
            case ExecutionProvider.TensorRt:
                options.AppendExecutionProvider_Tensorrt();
                break;
            case ExecutionProvider.DirectMl:
                options.AppendExecutionProvider_DML();
                break;
            case ExecutionProvider.CoreMl:
                options.AppendExecutionProvider_CoreML();
                break;
            case ExecutionProvider.OpenVino:
                options.AppendExecutionProvider_OpenVINO();
                break;
        }
    }

    /// <summary>OnnxRuntime's name.</summary>
    internal static string NameOf(ExecutionProvider provider) => provider switch
    {
        ExecutionProvider.Cuda => "CUDAExecutionProvider",
        ExecutionProvider.TensorRt => "TensorrtExecutionProvider",
        ExecutionProvider.DirectMl => "DmlExecutionProvider",
        ExecutionProvider.CoreMl => "CoreMLExecutionProvider",
        ExecutionProvider.OpenVino => "OpenVINOExecutionProvider",
        _ => "CPUExecutionProvider",
    };
}
