using Husai.Transformers.Models;
using Husai.Transformers.Tasks;

namespace Husai.Transformers.Tests.Computation;

/// <summary>
/// The model written plainly, in double precision, all positions, one sequence at a time: what the fast passes are compared with.
/// </summary>
internal sealed class ReferenceTransformer
{
    private readonly Dictionary<string, double[]> _weights;
    private readonly TransformerOptions _options;
    private readonly ArithmeticTask _task;

    public ReferenceTransformer(Transformer model)
    {
        _options = model.Options;
        _task = model.Task;
        _weights = model.Parameters.Tensors.ToDictionary(
            tensor => tensor.Name, tensor => tensor.Values.AsSpan().ToArray().Select(value => (double)value).ToArray());
    }

    public double[] this[string name] => _weights[name];

    public double MeanLoss(ReadOnlySpan<int> inputs)
    {
        var total = 0.0;
        foreach (var input in inputs)
        {
            var logits = Logits(input);
            var max = logits.Max();
            total += Math.Log(logits.Sum(logit => Math.Exp(logit - max))) + max - logits[_task.Targets[input]];
        }

        return total / inputs.Length;
    }

    public double[] Logits(int input)
    {
        var width = _options.ModelWidth;
        var stream = Enumerable.Range(0, _task.ReadPosition + 1).Select(position => Enumerable.Range(0, width)
            .Select(i => this["embed.W_E"][_task.Token(input, position) * width + i] + this["pos_embed.W_pos"][position * width + i])
            .ToArray()).ToArray();
        for (var layer = 0; layer < _options.Layers; layer++)
        {
            var prefix = $"blocks.{layer}.";
            var attended = Attend(stream.Select(x => Norm(x, prefix + "ln1")).ToArray(), prefix + "attn.");
            stream = stream.Zip(attended, Add).ToArray();
            stream = stream.Select(x => Add(x, Mlp(Norm(x, prefix + "ln2"), prefix + "mlp."))).ToArray();
        }

        var last = Norm(stream[^1], "ln_final");
        if (!_options.TiedUnembedding)
        {
            return Affine(last, "unembed.W_U", 0, _task.Classes, "unembed.b_U", 0);
        }

        return Enumerable.Range(0, _task.Classes)
            .Select(c => Enumerable.Range(0, width).Sum(i => last[i] * this["embed.W_E"][c * width + i])
                + (_weights.TryGetValue("unembed.b_U", out var bias) ? bias[c] : 0))
            .ToArray();
    }

    private double[][] Attend(double[][] x, string prefix)
    {
        var (width, head) = (_options.ModelWidth, _options.HeadWidth);
        var result = x.Select(_ => new double[width]).ToArray();
        for (var h = 0; h < _options.Heads; h++)
        {
            double[][] Project(string letter) =>
                [.. x.Select(row => Affine(row, $"{prefix}W_{letter}", h * width * head, head, $"{prefix}b_{letter}", h * head))];
            var (q, k, v) = (Project("Q"), Project("K"), Project("V"));
            for (var t = 0; t < x.Length; t++)
            {
                var scores = Enumerable.Range(0, t + 1)
                    .Select(s => Math.Exp(q[t].Zip(k[s], (a, b) => a * b).Sum() / Math.Sqrt(head))).ToArray();
                var mixed = Enumerable.Range(0, head).Select(i => Enumerable.Range(0, t + 1)
                    .Sum(s => scores[s] / scores.Sum() * v[s][i])).ToArray();
                result[t] = Add(result[t], Affine(mixed, prefix + "W_O", h * head * width, width, "", 0));
            }
        }

        return _weights.TryGetValue(prefix + "b_O", out var bias) ? [.. result.Select(row => Add(row, bias))] : result;
    }

    private double[] Mlp(double[] x, string prefix)
    {
        var hidden = Affine(x, prefix + "W_in", 0, _options.MlpWidth, prefix + "b_in", 0)
            .Select(value => _options.Activation == "relu" ? Math.Max(value, 0) : value * NormalDistribution.Cumulative(value)).ToArray();
        return Affine(hidden, prefix + "W_out", 0, _options.ModelWidth, prefix + "b_out", 0);
    }

    private double[] Norm(double[] x, string name)
    {
        if (!_weights.TryGetValue(name + ".w", out var gain))
        {
            return x;
        }

        var mean = x.Average();
        var deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
        return [.. x.Select((value, i) => (value - mean) / deviation * gain[i] + this[name + ".b"][i])];
    }

    private double[] Affine(double[] x, string matrix, int offset, int columns, string bias, int biasOffset)
    {
        var w = this[matrix];
        _weights.TryGetValue(bias, out var b);
        return [.. Enumerable.Range(0, columns)
            .Select(j => x.Select((value, i) => value * w[offset + i * columns + j]).Sum() + (b?[biasOffset + j] ?? 0))];
    }

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
