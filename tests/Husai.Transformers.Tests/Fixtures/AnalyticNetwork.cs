using Husai.Numerics.Functions;
using Husai.Numerics.Matrices;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;
using Husai.Transformers.Progress;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Fixtures;

/// <summary>
/// Two-layer networks for modular addition written down rather than trained: every neuron's frequency is known exactly.
/// </summary>
internal sealed class AnalyticNetwork
{
    private AnalyticNetwork(int modulus, int[] frequencies, Matrix first, Matrix second, Matrix output, bool quadratic)
    {
        Modulus = modulus;
        NeuronFrequencies = frequencies;
        First = first;
        Second = second;
        Output = output;
        Hidden = ComputeHidden(modulus, first, second, quadratic);
        Logits = new Matrix(modulus * modulus, modulus);
        MatrixProduct.Multiply(Logits, Hidden, output);
    }

    /// <summary>The modulus p.</summary>
    public int Modulus { get; }

    /// <summary>The frequency of each neuron.</summary>
    public IReadOnlyList<int> NeuronFrequencies { get; }

    /// <summary>What a adds to each neuron, [p, neurons].</summary>
    public Matrix First { get; }

    /// <summary>What b adds to each neuron, [p, neurons].</summary>
    public Matrix Second { get; }

    /// <summary>What each neuron adds to the logits, [neurons, p].</summary>
    public Matrix Output { get; }

    /// <summary>The neurons for each input, [p², neurons].</summary>
    public Matrix Hidden { get; }

    /// <summary>The logits for each input, [p², p].</summary>
    public Matrix Logits { get; }

    /// <summary>The network as the progress measures see it.</summary>
    public MeasuredNetwork Measured => new()
    {
        Modulus = Modulus,
        Operation = ArithmeticOperation.Addition,
        Embedding = First,
        Hidden = Hidden,
        NeuronLogits = Output,
        Logits = Logits,
    };

    /// <summary>
    /// h = (cos(w a + f) + cos(w b + g))², output cos(w c + f + g), with random phases (Gromov 2023, section 3). The frequencies take
    /// turns over the neurons: 224 neurons give each of the 56 of p = 113 four.
    /// </summary>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="neurons">Number of neurons.</param>
    /// <param name="seed">Seed of the phases.</param>
    public static AnalyticNetwork Quadratic(int modulus = 113, int neurons = 224, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, TaskOptions.SmallestModulus);
        ArgumentOutOfRangeException.ThrowIfLessThan(neurons, 1);
        var phases = new RandomStream(seed, "fixture.quadratic.phases");
        var circuit = new (int Frequency, double First, double Second)[neurons];
        for (var neuron = 0; neuron < neurons; neuron++)
        {
            circuit[neuron] = (1 + neuron % ((modulus - 1) / 2), 2 * Math.PI * phases.NextDouble(), 2 * Math.PI * phases.NextDouble());
        }

        return Build(modulus, circuit, quadratic: true);
    }

    /// <summary>
    /// h = max(0, cos(w a + f) + cos(w b + f)), output cos(w c + 2f), with evenly spaced phases f: the circuit of a trained
    /// transformer's MLP without its noise. Five frequencies of eight phases make 40 neurons.
    /// </summary>
    /// <param name="modulus">The modulus p, odd.</param>
    /// <param name="frequencies">The frequencies, from 1 to (p - 1) / 2; those of Nanda et al. 2023 by default.</param>
    /// <param name="phases">Phases for each frequency.</param>
    public static AnalyticNetwork Rectified(int modulus = 113, IReadOnlyList<int>? frequencies = null, int phases = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modulus, TaskOptions.SmallestModulus);
        ArgumentOutOfRangeException.ThrowIfLessThan(phases, 1);
        frequencies ??= [14, 35, 41, 42, 52];
        if (frequencies.Any(k => k < 1 || k > (modulus - 1) / 2))
        {
            throw new ArgumentOutOfRangeException(nameof(frequencies), $"a frequency is not between 1 and {(modulus - 1) / 2}");
        }

        return Build(
            modulus,
            [.. frequencies.SelectMany(k =>
                Enumerable.Range(0, phases).Select(i => (k, 2 * Math.PI * i / phases, 2 * Math.PI * i / phases)))],
            quadratic: false);
    }

    private static AnalyticNetwork Build(int modulus, (int Frequency, double First, double Second)[] circuit, bool quadratic)
    {
        var (first, second) = (new Matrix(modulus, circuit.Length), new Matrix(modulus, circuit.Length));
        var output = new Matrix(circuit.Length, modulus);
        for (var neuron = 0; neuron < circuit.Length; neuron++)
        {
            var (frequency, phase, secondPhase) = circuit[neuron];
            for (var x = 0; x < modulus; x++)
            {
                var angle = 2 * Math.PI * ((long)frequency * x % modulus) / modulus;
                first[x, neuron] = (float)Transcendental.Cos(angle + phase);
                second[x, neuron] = (float)Transcendental.Cos(angle + secondPhase);
                output[neuron, x] = (float)Transcendental.Cos(angle + phase + secondPhase);
            }
        }

        return new AnalyticNetwork(modulus, [.. circuit.Select(neuron => neuron.Frequency)], first, second, output, quadratic);
    }

    private static Matrix ComputeHidden(int modulus, Matrix first, Matrix second, bool quadratic)
    {
        var hidden = new Matrix(modulus * modulus, first.Columns);
        for (var input = 0; input < hidden.Rows; input++)
        {
            var row = hidden.Row(input);
            var a = first.Row(input / modulus);
            var b = second.Row(input % modulus);
            for (var i = 0; i < row.Length; i++)
            {
                var sum = a[i] + b[i];
                row[i] = quadratic ? sum * sum : Math.Max(sum, 0);
            }
        }

        return hidden;
    }
}
