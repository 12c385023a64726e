using Husai.Analysis.Circuits;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Causal;

/// <summary>Ablates groups of latents at a site: x' = x - sum of (f_i - mean f_i) d_i over the group.</summary>
internal sealed class GroupAblationRun
{
    private const int RandomGroups = 5;
    private readonly Matrix _activations;
    private readonly Circuit _circuit;
    private readonly Func<Matrix, Matrix> _logitsOf;
    private readonly AnswerKey _answers;
    private readonly Workers? _workers;

    /// <summary>Prepares a site.</summary>
    /// <param name="activations"><c>[p², width]</c>.</param>
    /// <param name="circuit">The site's circuit.</param>
    /// <param name="logitsOf">The model from this site on: activations of all inputs to logits.</param>
    /// <param name="answers">The right answers and the split.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public GroupAblationRun(
        Matrix activations, Circuit circuit, Func<Matrix, Matrix> logitsOf, AnswerKey answers, Workers? workers = null)
    {
        ArgumentNullException.ThrowIfNull(activations);
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(logitsOf);
        ArgumentNullException.ThrowIfNull(answers);
        _activations = activations;
        _circuit = circuit;
        _logitsOf = logitsOf;
        _answers = answers;
        _workers = workers;
    }

    /// <summary>Ablates the latents assigned to each plane.</summary>
    /// <param name="basis">Directions and maps of the latents.</param>
    /// <param name="report">Their recovery report, which assigns each to its best plane.</param>
    /// <param name="seed">Seed of the random groups.</param>
    public GroupAblations Run(BasisUnderTest basis, RecoveryReport report, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentNullException.ThrowIfNull(report);
        var clean = _logitsOf(_activations);
        var cleanLoss = Loss(clean);
        var coefficients = LogitCosines.Of(clean, _circuit.Modulus, _workers);
        var groups = Enumerable.Range(0, _circuit.Planes.Count)
            .Select(plane => report.PerLatent.Where(latent => latent.Plane == plane).Select(latent => latent.Latent).ToArray()).ToArray();
        var planes = groups.Select((group, plane) => Ablate(basis, report, group, plane, cleanLoss, coefficients, seed)).ToArray();
        var cumulative = groups.Select((_, last) => Loss(_logitsOf(Without(basis, [.. groups.Take(last + 1).SelectMany(group => group)]))))
            .ToArray();
        var excluded = groups.Select((_, last) =>
            Loss(_logitsOf(WaveFilter.Remove(_activations, _circuit.Planes.Take(last + 1), _circuit.Modulus)))).ToArray();
        return new GroupAblations(cleanLoss, planes, cumulative, excluded);
    }

    private GroupAblation Ablate(
        BasisUnderTest basis, RecoveryReport report, int[] group, int plane, double cleanLoss, double[] coefficients, ulong seed)
    {
        var logits = _logitsOf(Without(basis, group));
        var changed = LogitCosines.Of(logits, _circuit.Modulus, _workers);
        var frequency = _circuit.Planes[plane].Frequency;
        var leakage = _circuit.Frequencies.Where(other => other != frequency).Select(Change).DefaultIfEmpty(0).Max();
        var random = Enumerable.Range(0, RandomGroups).Average(draw =>
            Loss(
                _logitsOf(
                    Without(
                        basis,
                        RandomGroup(
                            report, group, new RandomStream(seed, "ablation.random", (uint)(plane * RandomGroups + draw))))))) - cleanLoss;
        return new GroupAblation(
            _circuit.Planes[plane].Name, group.Length, Loss(logits) - cleanLoss,
            Loss(_logitsOf(WaveFilter.Remove(_activations, [_circuit.Planes[plane]], _circuit.Modulus))) - cleanLoss,
            random, Loss(_logitsOf(Only(basis, group))), Change(frequency), leakage);

        double Change(int k) => Math.Abs(changed[k - 1] - coefficients[k - 1]) / Math.Abs(coefficients[k - 1]);
    }

    private double Loss(Matrix logits) => LogitScores.Of(logits, _answers, _workers).FittedCrossEntropy;

    // Latents in random order until they carry as much variance as the group.
    private static int[] RandomGroup(RecoveryReport report, int[] group, RandomStream stream)
    {
        var wanted = report.PerLatent.Where(latent => group.Contains(latent.Latent)).Sum(latent => latent.VarianceShare);
        var chosen = new List<int>();
        var sum = 0.0;
        foreach (var index in stream.Permutation(report.PerLatent.Count))
        {
            if (sum >= wanted)
            {
                break;
            }

            chosen.Add(report.PerLatent[index].Latent);
            sum += report.PerLatent[index].VarianceShare;
        }

        return [.. chosen];
    }

    private Matrix Without(BasisUnderTest basis, int[] group)
    {
        var result = _activations.Clone();
        if (group.Length > 0)
        {
            var contribution = Contribution(basis, group);
            for (var row = 0; row < result.Rows; row++)
            {
                Elementwise.Subtract(result.Row(row), contribution.Row(row));
            }
        }

        return result;
    }

    private Matrix Only(BasisUnderTest basis, int[] group)
    {
        var result = WaveFilter.Keep(_circuit, []);
        if (group.Length > 0)
        {
            var contribution = Contribution(basis, group);
            for (var row = 0; row < result.Rows; row++)
            {
                Elementwise.Add(result.Row(row), contribution.Row(row));
            }
        }

        return result;
    }

    private Matrix Contribution(BasisUnderTest basis, int[] group)
    {
        var maps = new Matrix(group.Length, basis.Maps.Columns);
        for (var i = 0; i < group.Length; i++)
        {
            var map = basis.Maps.Row(group[i]);
            var mean = Reductions.Sum(map) / map.Length;
            for (var row = 0; row < map.Length; row++)
            {
                maps.Row(i)[row] = (float)(map[row] - mean);
            }
        }

        var directions = basis.Dictionary.Decoder.ChosenRows(group);
        var result = new Matrix(maps.Columns, directions.Columns);
        MatrixProduct.Multiply(result, maps, directions, ProductForm.AtB, workers: _workers);
        return result;
    }
}
