using Husai.Formats.Files;
using Husai.Networks.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Husai.Networks.Running;

/// <summary>
/// A network ready to run. What it computes is OnnxRuntime's: the same on one machine from run to run, but not promised to be the same bits
/// on another.
/// </summary>
internal sealed class NetworkSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly NetworkInputs _inputs;
    private readonly IReadOnlyList<string> _outputs;
    private readonly RunOptions _options = new();

    /// <summary>Loads a network.</summary>
    /// <param name="file">The network.</param>
    /// <param name="outputs">The tensors to compute, whether the file names them as outputs or not.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="provider">What it runs on.</param>
    /// <exception cref="InvalidFileException">OnnxRuntime refuses the model, or an input is not understood.</exception>
    /// <exception cref="ArgumentException">This program's OnnxRuntime does not have the provider.</exception>
    public NetworkSession(
        OnnxFile file, IReadOnlyList<string> outputs, int threads, ExecutionProvider provider = ExecutionProvider.Cpu)
        : this(
            file, (file ?? throw new ArgumentNullException(nameof(file))).WithOutputs(outputs), outputs, threads, provider: provider)
    {
    }

    /// <summary>Loads a model's bytes that were made from a file's.</summary>
    /// <param name="file">The file.</param>
    /// <param name="model">The bytes.</param>
    /// <param name="outputs">The tensors to compute; outputs of the model.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="isOptimised">Whether operations are fused first; not worth its time for a single small run.</param>
    /// <param name="provider">What it runs on.</param>
    /// <param name="given">Inputs that the caller fills.</param>
    internal NetworkSession(
        OnnxFile file, byte[] model, IReadOnlyList<string> outputs, int threads, bool isOptimised = true,
        ExecutionProvider provider = ExecutionProvider.Cpu, params IReadOnlyList<string> given)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ExecutionProviders.Require(provider);
        File = file;
        _outputs = outputs;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            GraphOptimizationLevel = isOptimised ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
        };
        if (file.HasExternalWeights)
        {
            options.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", file.Folder);
        }

        _session = Guarded($"cannot be loaded for {ExecutionProviders.NameOf(provider)}", () =>
        {
            options.Add(provider);
            return new InferenceSession(model, options);
        });
        try
        {
            _inputs = new NetworkInputs(file.Path, _session.InputMetadata, given);
        }
        catch
        {
            _session.Dispose();
            throw;
        }

        _options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;
    }

    /// <summary>The network.</summary>
    public OnnxFile File { get; }

    /// <summary>Runs the network.</summary>
    /// <param name="batch">Token ids.</param>
    /// <exception cref="InvalidFileException">OnnxRuntime reports an error.</exception>
    public NetworkOutputs Run(TokenBatch batch) => Run(batch, []);

    /// <summary>Runs the network.</summary>
    /// <param name="batch">Token ids.</param>
    /// <param name="given">The tensors of the inputs that the caller fills.</param>
    internal NetworkOutputs Run(TokenBatch batch, IReadOnlyList<(string Name, OrtValue Value)> given)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var inputs = _inputs.Of(batch);
        try
        {
            var all = new Dictionary<string, OrtValue>(inputs, StringComparer.Ordinal);
            foreach (var (name, value) in given)
            {
                all[name] = value;
            }

            return new NetworkOutputs(File.Path, _outputs, Guarded(
                $"fails on {batch.Sequences} sequences of {batch.Length} tokens", () => _session.Run(_options, all, _outputs)));
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    /// <summary>Frees the network.</summary>
    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private T Guarded<T>(string what, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidFileException(File.Path, $"{what}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }
}
