using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

[RunsOnEveryTier]
public class CrossEntropyTests
{
    // A double precision result differs from its reference by the few roundings of the sums.
    private const double Precision = 1e-14;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Losses_and_gradients_are_the_reference_at_every_width(bool strided)
    {
        foreach (var width in TestMatrix.Widths.Skip(1))
        {
            var logits = TestMatrix.Normal(3, width, "crossentropy", strided, deviation: 5);
            var gradient = TestMatrix.Zeros(3, width, strided);
            var targets = new[] { 0, width / 2, width - 1 };
            var losses = new double[3];
            var mean = CrossEntropy.ForwardBackward(gradient.View, logits, targets, losses, 0.25);
            Assert.Equal(losses.Sum() / 3, mean, Precision * mean);
            Assert.Equal(mean, CrossEntropy.Forward(logits, targets, default));
            for (var row = 0; row < 3; row++)
            {
                var x = FiniteDifference.Doubles(logits.Row(row));
                Assert.Equal(Loss(x, targets[row]), losses[row], Precision * 10);
                var sum = x.Sum(value => Math.Exp(value - x.Max()));
                for (var i = 0; i < width; i++)
                {
                    var probability = Math.Exp(x[i] - x.Max()) / sum;
                    var expected = 0.25 * (i == targets[row] ? probability - 1 : probability);
                    Close.Equal(expected, gradient.View[row, i], roundings: 1.01, scale: 1e-7, $"at [{row}, {i}] of width {width}");
                }
            }

            gradient.AssertSurroundings();
        }
    }

    [Fact]
    public void A_loss_of_1e_12_and_its_gradient_keep_their_digits()
    {
        var logits = Matrix.From(new[,] { { -28f, 0f, -29.5f, -30f } });
        var gradient = new Matrix(1, 4);
        var others = Math.Exp(-28) + Math.Exp(-29.5) + Math.Exp(-30);
        var expected = others - others * others / 2;
        var loss = CrossEntropy.ForwardBackward(gradient, logits, [1], default, 1);
        Assert.Equal(expected, loss, 1e-15 * expected);
        Close.Equal(-others, gradient[0, 1], roundings: 2, scale: 0);
        Close.Equal(Math.Exp(-28), gradient[0, 0], roundings: 2, scale: 0);
    }

    [Fact]
    public void The_gradient_agrees_with_finite_differences_and_works_in_place()
    {
        var logits = TestMatrix.Normal(3, 21, "crossentropy.difference", strided: true);
        var before = logits.Clone();
        CrossEntropy.ForwardBackward(logits, logits, [20, 3, 7], default, 1);
        for (var i = 0; i < 21; i++)
        {
            var expected = FiniteDifference.At(FiniteDifference.Doubles(before.Row(1)), i, x => Loss(x, 3));
            Close.Equal(expected, logits[1, i], roundings: 4);
        }
    }

    [Fact]
    public void Nan_and_infinities_reach_the_loss_of_their_row()
    {
        var logits = Matrix.From(new[,]
        {
            { 1f, float.NaN, 2f },
            { float.PositiveInfinity, 1f, 2f },
            { float.NegativeInfinity, 1f, 1f },
            { float.NegativeInfinity, 1f, 1f },
        });
        var losses = new double[4];
        Assert.Equal(double.NaN, CrossEntropy.Forward(logits, [0, 0, 0, 1], losses));
        Assert.Equal(double.NaN, losses[0]);
        Assert.Equal(double.NaN, losses[1]);
        Assert.Equal(double.PositiveInfinity, losses[2]);
        Assert.Equal(Math.Log(2), losses[3], Precision);
    }

    [Fact]
    public void The_number_of_threads_does_not_matter() => Crews.AssertSameBits(workers =>
    {
        var logits = TestMatrix.Normal(300, 113, "crossentropy.threads");
        var targets = Enumerable.Range(0, 300).Select(row => row % 113).ToArray();
        var loss = CrossEntropy.ForwardBackward(logits, logits, targets, default, 1, workers);
        var halves = MemoryHalves(loss);
        (logits[0, 0], logits[0, 1]) = halves;
        return logits;
    });

    [Fact]
    public void Wrong_shapes_and_targets_are_refused()
    {
        var logits = new Matrix(2, 3);
        Assert.Throws<ArgumentException>("targets", () => CrossEntropy.Forward(logits, [0], default));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => CrossEntropy.Forward(logits, [0, 3], default));
        Assert.Throws<ArgumentOutOfRangeException>("targets", () => CrossEntropy.Forward(logits, [-1, 0], default));
        Assert.Throws<ArgumentException>("rowLosses", () => CrossEntropy.Forward(logits, [0, 0], new double[1]));
        Assert.Throws<ArgumentException>("logitGradient", () => CrossEntropy.ForwardBackward(new Matrix(3, 2), logits, [0, 0], default, 1));
        Assert.Throws<ArgumentNullException>("logits", () => CrossEntropy.Forward(null!, [0], default));
    }

    private static (float, float) MemoryHalves(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return (BitConverter.Int32BitsToSingle((int)bits), BitConverter.Int32BitsToSingle((int)(bits >> 32)));
    }

    private static double Loss(double[] x, int target)
    {
        var max = x.Max();
        return Math.Log(x.Sum(value => Math.Exp(value - max))) - (x[target] - max);
    }
}
