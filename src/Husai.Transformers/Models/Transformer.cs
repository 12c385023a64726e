using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Transformers.Activations;
using Husai.Transformers.Computation;
using Husai.Transformers.Computation.Folded;
using Husai.Transformers.Computation.Plans;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Models;

/// <summary>A transformer and the task it is for.</summary>
internal sealed class Transformer
{
    // Passes over many inputs go by blocks that stay in cache; a row's bits do not depend on its block.
    private const int InputsPerBlock = 2048;

    /// <summary>Makes a model with all weights zero but the gains.</summary>
    internal Transformer(ArithmeticTask task, TransformerOptions options)
    {
        ArgumentNullException.ThrowIfNull(task);
        OptionChecks.Require(options, nameof(options));
        if (options.TiedUnembedding && task.Classes > task.Vocabulary.Size)
        {
            throw new ArgumentException("a tied unembedding needs a token for each class", nameof(options));
        }

        Task = task;
        Options = options;
        Parameters = new TransformerParameters(options, TransformerShape.Of(task));
    }

    /// <summary>The task.</summary>
    public ArithmeticTask Task { get; }

    /// <summary>The architecture.</summary>
    public TransformerOptions Options { get; }

    /// <summary>The weights.</summary>
    public TransformerParameters Parameters { get; }

    /// <summary>
    /// A model at its initialisation: the start of training, and the null model whose activations no training has shaped.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="options">The architecture.</param>
    /// <param name="seed">Seed of the initial weights.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static Transformer Initialise(ArithmeticTask task, TransformerOptions options, ulong seed)
    {
        var model = new Transformer(task, options);
        TransformerInitialisation.Fill(model.Parameters, options, TransformerShape.Of(task), seed);
        return model;
    }

    /// <summary>The logits at the read position for all p² inputs, [p², p].</summary>
    public Matrix Logits(Workers? workers = null) => Logits(AllInputs(), workers);

    /// <summary>The logits at the read position for some inputs, a row for each.</summary>
    /// <param name="inputs">Inputs, each <c>a * p + b</c>; without repetition.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public Matrix Logits(ReadOnlySpan<int> inputs, Workers? workers = null)
    {
        var result = new Matrix(inputs.Length, Task.Classes);
        var pass = NewPass(workers);
        foreach (var (start, count) in Blocks(inputs.Length))
        {
            pass.Bind(SequencePlan.ForPrediction(Task, inputs.Slice(start, count), Options.Layers));
            result.SliceRows(start, count).CopyFrom(pass.Forward());
        }

        return result;
    }

    /// <summary>The last layer's neurons [p², d_mlp] and the logits [p², p] for all inputs.</summary>
    internal (Matrix Hidden, Matrix Logits) HiddenAndLogits(Workers workers)
    {
        var (hidden, logits) = (new Matrix(Task.Inputs, Options.MlpWidth), new Matrix(Task.Inputs, Task.Classes));
        if (FoldedPass.Applies(Options, Task))
        {
            var folded = new FoldedPass(Options, Parameters, gradients: null, workers);
            folded.Bind(SequencePlan.ForPrediction(Task, AllInputs(), Options.Layers));
            logits.CopyFrom(folded.Forward(hidden));
            return (hidden, logits);
        }

        var pass = NewPass(workers);
        foreach (var (start, count) in Blocks(Task.Inputs))
        {
            pass.Bind(SequencePlan.ForPrediction(Task, AllInputs().AsSpan(start, count), Options.Layers));
            logits.SliceRows(start, count).CopyFrom(pass.Forward());
            hidden.SliceRows(start, count).CopyFrom(pass.Read(ActivationSite.MlpHidden, Options.Layers - 1));
        }

        return (hidden, logits);
    }

    /// <summary>
    /// A network with the same values in each tensor, in random order: what the distribution of the weights alone computes (Heap et al.
    /// 2025, arXiv:2501.17727).
    /// </summary>
    /// <param name="seed">Seed of the orders; each tensor has its own.</param>
    public Transformer WithPermutedWeights(ulong seed)
    {
        var permuted = Initialise(Task, Options, seed);
        for (var index = 0; index < Parameters.Tensors.Count; index++)
        {
            var (from, to) = (Parameters.Tensors[index], permuted.Parameters.Tensors[index]);
            float[] values = [.. from.Values.AsSpan()];
            int[] order = new RandomStream(seed, $"transformer.permutation.{from.Name}").Permutation(values.Length);
            var target = to.Values.AsSpan();
            for (var element = 0; element < values.Length; element++)
            {
                target[element] = values[order[element]];
            }
        }

        return permuted;
    }

    /// <summary>Hash of all weights with their names: equal hashes mean equal bits.</summary>
    public string WeightsHash() => ContentHash.Of(NamedTensors());

    /// <summary>Every tensor under its TransformerLens name and shape.</summary>
    public IEnumerable<NamedTensor> NamedTensors() => Parameters.NamedTensors();

    internal TransformerPass NewPass(Workers? workers) => new(Options, Parameters, gradients: null, workers ?? Workers.Alone);

    internal int[] AllInputs() => [.. Enumerable.Range(0, Task.Inputs)];

    internal static IEnumerable<(int Start, int Count)> Blocks(int inputs)
    {
        for (var start = 0; start < inputs; start += InputsPerBlock)
        {
            yield return (start, Math.Min(InputsPerBlock, inputs - start));
        }
    }
}
