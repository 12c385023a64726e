using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Husai.Numerics.Functions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;
using Husai.Testing.Tiers;

namespace Husai.Numerics.Tests.Kernels;

/// <summary>Hashes of what kernels compute, to be compared between instruction tiers.</summary>
internal static class KernelBits
{
    private const int Rows = 20;
    private const int Columns = 53;

    [SameOnEveryTier]
    internal static string MatrixKernels()
    {
        var x = TestMatrix.Normal(Rows, Columns, "bits.x", strided: true, deviation: 3);
        var g = TestMatrix.Normal(Rows, Columns, "bits.g");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var result = new Matrix(Rows, Columns);
        var normalised = new Matrix(Rows, Columns);
        var inverse = new float[Rows];
        Softmax.Forward(result, x);
        Append(hash, result);
        Softmax.Backward(result, result, g);
        Append(hash, result);
        Gelu.Forward(result, x);
        Append(hash, result);
        Gelu.Backward(result, x, g);
        Append(hash, result);
        LayerNorm.Forward(result, normalised, inverse, x, g.Row(0), g.Row(1));
        Append(hash, result);
        LayerNorm.Backward(result, g.Row(2), g.Row(3), g, normalised, inverse, x.Row(0));
        Append(hash, result);
        var loss = CrossEntropy.ForwardBackward(result, x, Enumerable.Range(0, Rows).ToArray(), default, 1);
        Append(hash, result);
        Append(hash, loss, Reductions.Sum(g.AsSpan()), Reductions.SumOfSquares(x), Reductions.Dot(x.Row(1), g.Row(1)));
        Adam.Step(g.AsSpan(), result.AsSpan(), normalised.AsSpan(), result.Clone().AsSpan(), new AdamSettings(1e-3, WeightDecay: 0.1), 7);
        Append(hash, g);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    [SameOnEveryTier]
    internal static string InnerProducts()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var length = 0; length < 100; length++)
        {
            var rows = TestMatrix.Normal(2, length, "bits.products");
            var left = Array.ConvertAll(rows.Row(0).ToArray(), x => (double)x);
            var right = Array.ConvertAll(rows.Row(1).ToArray(), x => (double)x);
            Append(
                hash, InnerProduct.InOrder(left, right), InnerProduct.InEightLanes(left, right), InnerProduct.InSixteenLanes(left, right),
                RowKernels.Dot(rows.Row(0), rows.Row(1)));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    [SameOnEveryTier]
    internal static string Functions()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < 200; i++)
        {
            var x = (i - 100) * 0.37;
            var (sin, cos) = Transcendental.SinCos(x * x * x * x);
            Append(
                hash, Transcendental.Exp(x), Transcendental.Log(Math.Abs(x) + 1e-3), Transcendental.Log1p(Math.Abs(x)), sin, cos,
                Transcendental.Erf(x / 8), Transcendental.Pow(Math.Abs(x) + 0.1, x));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, Matrix matrix) => hash.AppendData(MemoryMarshal.AsBytes(matrix.AsSpan()));

    private static void Append(IncrementalHash hash, params ReadOnlySpan<double> values) => hash.AppendData(MemoryMarshal.AsBytes(values));
}
