using FsCheck;
using FsCheck.Fluent;
using Husai.Autoencoders.Engine;
using Husai.Autoencoders.Options;
using Husai.Autoencoders.Training;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;
using Husai.Testing.Properties;

namespace Husai.Autoencoders.Tests.Engine;

public sealed unsafe class FrozenUpdateTests
{
    private const double Tolerance = 1e-5;

    /// <summary>Every architecture, and those that have dense steps with every step by dense products and with none.</summary>
    public static TheoryData<string, double> Steps =>
        new((IEnumerable<(string, double)>)
        [
            .. GoldenCase.Names.Select(name => (name.Data, 0.2)), .. GoldenTests.SparseAndDense.Select(step => step.Data),
        ]);

    public static TheoryData<string, double, FrozenPart> Cases => new(
        from step in Steps
        from part in (FrozenPart[])[FrozenPart.Decoder, FrozenPart.DecoderSoft, FrozenPart.Encoder]
        select (step.Data.Item1, step.Data.Item2, part));

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_frozen_stays_and_the_first_step_of_the_rest_is_that_of_a_free_training(
        string name, double denseAbove, FrozenPart part)
    {
        var golden = new GoldenCase(name);
        var (free, frozen) = (UnitDecoder(golden), UnitDecoder(golden));
        var start = UnitDecoder(golden);
        var settings = golden.Settings with { DenseAbove = denseAbove };
        new CpuEngine(settings, free, Workers.Alone).Step(golden.Batch(0), golden.Step);
        var engine = new CpuEngine(FrozenWeights.Hold(settings, frozen, part), frozen, Workers.Alone);

        engine.Step(golden.Batch(0), golden.Step);

        var held = part == FrozenPart.Encoder ? "encoder" : part == FrozenPart.Decoder ? "decoder" : "none";
        foreach (var (expected, actual) in free.Parameters.Zip(frozen.Parameters).Where(pair => pair.First.Name != held))
        {
            Assert.Equal(expected.FirstMoment.AsSpan(), actual.FirstMoment.AsSpan());
            Assert.Equal(expected.Values.AsSpan(), actual.Values.AsSpan());
        }

        for (var step = 1; step < GoldenCase.Steps; step++)
        {
            engine.Step(golden.Batch(step), golden.Step);
        }

        foreach (var (before, after) in start.Parameters.Zip(frozen.Parameters))
        {
            Assert.Equal(before.Name == held, before.Values.AsSpan().SequenceEqual(after.Values.AsSpan()));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_number_of_threads_gives_the_same_bits(string name, double denseAbove, FrozenPart part)
    {
        using var workers = new Workers(3);
        var golden = new GoldenCase(name);
        var (alone, shared) = (UnitDecoder(golden), UnitDecoder(golden));
        var settings = FrozenWeights.Hold(golden.Settings with { DenseAbove = denseAbove }, alone, part);
        var first = new CpuEngine(settings, alone, Workers.Alone);
        var second = new CpuEngine(settings, shared, workers);
        var fast = golden.Step with { LearningRate = 0.1 };

        for (var step = 0; step < GoldenCase.Steps; step++)
        {
            Assert.Equal(first.Step(golden.Batch(step), fast), second.Step(golden.Batch(step), fast));
        }

        foreach (var (left, right) in alone.Parameters.Zip(shared.Parameters))
        {
            Assert.Equal(left.Values.AsSpan(), right.Values.AsSpan());
        }
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_soft_frozen_decoder_is_held_near_its_start_at_every_step(string name, double denseAbove)
    {
        var golden = new GoldenCase(name);
        var (free, held) = (UnitDecoder(golden), UnitDecoder(golden));
        var settings = golden.Settings with { DenseAbove = denseAbove };
        var unheld = new CpuEngine(settings, free, Workers.Alone);
        var engine = new CpuEngine(FrozenWeights.Hold(settings, held, FrozenPart.DecoderSoft), held, Workers.Alone);
        var start = held.Decoder.Values.Clone();
        var fast = golden.Step with { LearningRate = 0.1 };

        for (var step = 0; step < GoldenCase.Steps; step++)
        {
            unheld.Step(golden.Batch(step), fast);
            engine.Step(golden.Batch(step), fast);

            Assert.All(Cosines(held.Decoder.Values, start), cosine => Assert.True(cosine >= 0.8 - Tolerance, $"{cosine} at {step}"));
            if (settings.NormalisesDecoder)
            {
                Assert.All(Enumerable.Range(0, held.Latents), latent => Assert.Equal(
                    1, Math.Sqrt(Reductions.SumOfSquares(held.Decoder.Values.Row(latent))), Tolerance));
            }
        }

        Assert.Contains(Cosines(free.Decoder.Values, start), cosine => cosine < 0.7);
        Assert.Contains(Cosines(held.Decoder.Values, start), cosine => cosine < 0.8 + Tolerance);
    }

    [Fact]
    public void A_row_is_turned_in_its_plane_to_the_cosine_and_keeps_its_length() => RandomCases.Check(
        from columns in Gen.Choose(2, 40)
        from seed in Gen.Choose(0, 1 << 20)
        from length in Gen.Choose(1, 200)
        from mixture in Gen.Choose(-100, 100)
        select (columns, seed, Length: length / 10f, Mixture: mixture / 100f),
        drawn =>
        {
            var random = new RandomStream((ulong)drawn.seed, "rows");
            var (row, start) = (Row(drawn.columns), Row(drawn.columns));
            random.FillNormal(start.Row(0)[..drawn.columns]);
            random.FillNormal(row.Row(0)[..drawn.columns]);
            Scale(start, 1);
            Scale(row, 1 - Math.Abs(drawn.Mixture));
            Elementwise.MultiplyAdd(row.Row(0), start.Row(0), drawn.Mixture);
            Scale(row, drawn.Length);
            var before = row.Clone();

            Hold(row, start);

            var cosine = Cosines(before, start)[0];
            if (cosine >= 0.8 + Tolerance)
            {
                Assert.Equal(before.AsSpan(), row.AsSpan());
                return;
            }

            Assert.True(Cosines(row, start)[0] >= 0.8 - Tolerance);
            Assert.Equal(1, Math.Sqrt(Reductions.SumOfSquares(row.Row(0))) / drawn.Length, Tolerance);
            var expected = Plain(before, start, cosine);
            if (cosine is < 0.8 - Tolerance and > -0.999)
            {
                Assert.All(Enumerable.Range(0, row.Columns), column =>
                    Assert.Equal(expected[column], row[0, column] / drawn.Length, 1e-4));
            }
        });

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    public void A_row_opposite_to_its_start_becomes_it_and_a_row_of_zeros_stays(float factor, float expected)
    {
        var (row, start) = (Row(5), Row(5));
        (start[0, 3], row[0, 3]) = (1, factor);

        Hold(row, start);

        Assert.Equal(expected, row[0, 3]);
        Assert.Equal(Math.Abs(factor), Math.Sqrt(Reductions.SumOfSquares(row.Row(0))));
    }

    // With its padding.
    private static Matrix Row(int columns) => new Parameter("row", 1, columns).Values;

    private static void Hold(Matrix row, Matrix start) => DecoderConstraint.HoldNear(
        Parameter.Address(row, 0), Parameter.Address(start, 0), new Parameter("row", 1, row.Columns).Vectors);

    // .8 start + .6 u in double precision.
    private static double[] Plain(Matrix row, Matrix start, double cosine)
    {
        var length = Math.Sqrt(Enumerable.Range(0, row.Columns).Sum(column => (double)row[0, column] * row[0, column]));
        double[] rest = [.. Enumerable.Range(0, row.Columns).Select(column => row[0, column] / length - cosine * start[0, column])];
        var norm = Math.Sqrt(rest.Sum(value => value * value));
        return [.. rest.Select((value, column) => 0.8 * start[0, column] + 0.6 * value / norm)];
    }

    private static TrainingWeights UnitDecoder(GoldenCase golden)
    {
        var weights = golden.InitialWeights();
        for (var latent = 0; latent < weights.Latents; latent++)
        {
            DecoderConstraint.Normalise(weights.Decoder.Row(latent), weights.Decoder.Vectors);
        }

        return weights;
    }

    private static void Scale(Matrix row, double length)
    {
        var norm = Math.Sqrt(Reductions.SumOfSquares(row.Row(0)));
        Elementwise.Scale(row.Row(0), (float)(norm > 0 ? length / norm : 0));
    }

    private static double[] Cosines(Matrix rows, Matrix others) =>
    [
        .. Enumerable.Range(0, rows.Rows).Select(row =>
        {
            double dot = 0, squares = 0, otherSquares = 0;
            for (var column = 0; column < rows.Columns; column++)
            {
                dot += (double)rows[row, column] * others[row, column];
                squares += (double)rows[row, column] * rows[row, column];
                otherSquares += (double)others[row, column] * others[row, column];
            }

            return dot / Math.Sqrt(squares * otherSquares);
        }),
    ];
}
