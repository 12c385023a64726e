using Husai.Autoencoders.Architectures;
using Husai.Autoencoders.Engine;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Autoencoders.Tests.Engine;

/// <summary>
/// Steps as SynthSAEBench trains: latents chosen by pre-activation times norm, errors of nested dictionaries summed, dead latents that
/// reconstruct what their dictionary leaves. Losses and gradients against finite differences of a plain loss.
/// </summary>
public sealed class ProtocolGradientTests
{
    private const int Latents = 40;
    private const int Width = 9;
    private const int Rows = 36;
    private const int K = 3;
    private const int AuxiliaryK = 4;
    private const double Weight = 0.5;
    private const double AuxiliaryWeight = 0.7;
    private const double Change = 1e-6;

    public static TheoryData<string, int> Cases => new()
    {
        { "topk", 3 },
        { "batchtopk", 3 },
        { "batchtopk", 11 },
        { "matryoshka", 3 },
        { "matryoshka", 11 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Loss_and_gradients_are_those_of_the_plain_loss(string architecture, int dead)
    {
        int[] ends = architecture == "matryoshka" ? [8, 22, Latents] : [Latents];
        var weights = Weights(architecture);
        for (var n = 0; n < dead; n++)
        {
            weights.RowsSinceFired[(7 * n + 3) % Latents] = 1000;
        }

        var plain = new PlainLoss(weights, Normal(Rows, Width, "rows"), ends, architecture == "topk");
        var settings = new EngineSettings
        {
            Method = TrainingMethods.Find(architecture),
            BatchSize = Rows,
            ReconstructionWeight = Weight,
            NestedWidths = ends,
            SumsNestedErrors = true,
            RescalesByDecoderNorm = true,
            AuxiliaryCoefficient = AuxiliaryWeight,
            AuxiliaryByLevel = true,
            AuxiliaryK = AuxiliaryK,
            DeadAfterRows = 1000,
            ProjectsDecoderGradient = false,
            NormalisesDecoder = false,
        };

        var measured = new CpuEngine(settings, weights, Workers.Alone).Step(plain.Batch, new StepSettings(1e-3, K, 1));

        var (reconstruction, auxiliary) = plain.Losses();
        Assert.Equal(reconstruction, measured.ReconstructionLoss, 1e-5 * reconstruction);
        Assert.Equal(auxiliary, measured.AuxiliaryLoss, 1e-5 * auxiliary);
        Assert.True(auxiliary > 0);
        var random = new RandomStream(5, "coordinates");
        foreach (var (parameter, values) in weights.Parameters.Zip(plain.Parameters))
        {
            var largest = parameter.FirstMoment.AsSpan().ToArray().Max(Math.Abs) * 10;
            for (var n = 0; n < 40; n++)
            {
                // Every other one of a dead latent, as far as rows are latents.
                var rows = values.GetLength(0);
                var (row, column) = (rows == 1 || n % 2 == 0 ? random.NextInt32(rows) : 7 * (n % dead) % Latents + 3, 0);
                (row, column) = (row % rows, random.NextInt32(values.GetLength(1)));

                // The first moment of Adam after one step is a tenth of the gradient.
                Assert.Equal(plain.Difference(values, row, column), parameter.FirstMoment[row, column] * 10, 2e-4 * largest);
            }
        }
    }

    private static TrainingWeights Weights(string architecture)
    {
        var weights = new TrainingWeights(TrainingMethods.Find(architecture), Latents, Width);
        foreach (var parameter in weights.Parameters)
        {
            parameter.Values.SliceColumns(0, parameter.Columns).CopyFrom(
                Normal(parameter.Values.Rows, parameter.Columns, parameter.Name));
        }

        return weights;
    }

    private static Matrix Normal(int rows, int width, string purpose)
    {
        var result = new Matrix(rows, width);
        new RandomStream(3, purpose).FillNormal(result.AsSpan());
        return result;
    }

    private sealed class PlainLoss
    {
        private readonly int[] _ends;
        private readonly bool[] _isDead;
        private readonly bool[,] _chosen;
        private readonly double[,,] _residuals;

        public PlainLoss(TrainingWeights weights, Matrix batch, int[] ends, bool ofRow)
        {
            Batch = batch;
            _ends = ends;
            Parameters = [.. weights.Parameters.Select(Plain)];
            _isDead = [.. weights.RowsSinceFired.Select(since => since >= 1000)];
            _chosen = new bool[Rows, Latents];
            _residuals = new double[ends.Length, Rows, Width];
            var all = (from row in Enumerable.Range(0, Rows)
                       from latent in Enumerable.Range(0, Latents)
                       select (Row: row, Latent: latent, Value: PreActivation(row, latent) * Norm(latent))).ToArray();
            var chosen = ofRow
                ? all.GroupBy(entry => entry.Row).SelectMany(row => row.OrderByDescending(entry => entry.Value).Take(K))
                : all.OrderByDescending(entry => entry.Value).Take(K * Rows);
            foreach (var entry in chosen.Where(entry => entry.Value > 0))
            {
                _chosen[entry.Row, entry.Latent] = true;
            }

            // What dead latents reconstruct has no gradient: it stays what it is at the start.
            for (var level = 0; level < ends.Length; level++)
            {
                for (var row = 0; row < Rows; row++)
                {
                    for (var column = 0; column < Width; column++)
                    {
                        _residuals[level, row, column] = Residual(level, row, column);
                    }
                }
            }
        }

        public Matrix Batch { get; }

        public double[][,] Parameters { get; }

        public double Difference(double[,] values, int row, int column)
        {
            var value = values[row, column];
            values[row, column] = value + Change;
            var above = Losses();
            values[row, column] = value - Change;
            var below = Losses();
            values[row, column] = value;
            return (above.Reconstruction + above.Auxiliary - below.Reconstruction - below.Auxiliary) / (2 * Change);
        }

        public (double Reconstruction, double Auxiliary) Losses()
        {
            double reconstruction = 0, auxiliary = 0;
            for (var level = 0; level < _ends.Length; level++)
            {
                var first = level == 0 ? 0 : _ends[level - 1];
                int[] dead = [.. Enumerable.Range(first, _ends[level] - first).Where(latent => _isDead[latent])];
                var share = Math.Min(dead.Length / (double)AuxiliaryK, 1);
                for (var row = 0; row < Rows; row++)
                {
                    reconstruction += Sum(column => Math.Pow(Residual(level, row, column), 2));
                    var revived = dead.OrderByDescending(latent => PreActivation(row, latent) * Norm(latent)).Take(AuxiliaryK).ToArray();
                    auxiliary += share * Sum(column => Math.Pow(
                        _residuals[level, row, column] - revived.Sum(latent => PreActivation(row, latent) * Parameters[1][latent, column]),
                        2));
                }
            }

            return (Weight * reconstruction / Rows, AuxiliaryWeight * auxiliary / Rows);
        }

        private static double Sum(Func<int, double> term) => Enumerable.Range(0, Width).Sum(term);

        private static double[,] Plain(Parameter parameter)
        {
            var values = new double[parameter.Values.Rows, parameter.Columns];
            for (var row = 0; row < values.GetLength(0); row++)
            {
                for (var column = 0; column < values.GetLength(1); column++)
                {
                    values[row, column] = parameter.Values[row, column];
                }
            }

            return values;
        }

        private double Norm(int latent) => Math.Sqrt(Sum(column => Math.Pow(Parameters[1][latent, column], 2)));

        private double PreActivation(int row, int latent) => Parameters[2][0, latent]
            + Sum(column => Parameters[0][latent, column] * (Batch[row, column] - Parameters[3][0, column]));

        // Input minus reconstruction. With f = p |w| decoded by w / |w|.
        private double Residual(int level, int row, int column)
        {
            var residual = Batch[row, column] - Parameters[3][0, column];
            for (var latent = 0; latent < _ends[level]; latent++)
            {
                if (_chosen[row, latent])
                {
                    residual -= PreActivation(row, latent) * Norm(latent) * (Parameters[1][latent, column] / Norm(latent));
                }
            }

            return residual;
        }
    }
}
