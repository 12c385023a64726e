using System.Text.Json;
using Husai.Analysis.Functional;
using Husai.Analysis.Sites;
using Husai.Autoencoders.Activations;
using Husai.Autoencoders.Model;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Tests.Functional;

public sealed class FunctionalAgreementTests
{
    private const int Width = 12;
    private const int Latents = 30;
    private const int Answers = 7;
    private static readonly Matrix Rows = Normal(2500, Width, 1);
    private static readonly Matrix ReadOut = Normal(Width, Answers, 2);

    [Fact]
    public void Substitution_and_fingerprints_equal_a_plain_reference()
    {
        var (first, second) = (Random(3), Random(4));
        var latents = new[] { Firing("first", first), Firing("second", second) };
        var pair = new FunctionPair(
            latents[0], latents[1],
            new WholeProducts(latents[0].ProductsWith(latents[1], Workers.Alone, _ => { }, CancellationToken.None)));
        var effects = FunctionalAgreement.EffectsOf(latents, ReadOut, Workers.Alone);
        var (firstCodes, secondCodes) = (first.Encode(Rows), second.Encode(Rows));
        for (var i = 0; i < latents[0].Count; i += 3)
        {
            for (var j = 0; j < latents[1].Count; j += 4)
            {
                var (a, b) = (latents[0].Latents[i], latents[1].Latents[j]);
                var written = Written(first, firstCodes, a);
                var substitute = Written(second, secondCodes, b);
                Assert.Equal(PlainR(written, substitute), pair.Substitution(i, j, first.Decoder, second.Decoder), 1e-6);
                Assert.Equal(
                    1 - (Residual(written, substitute, 1) / Residual(written, substitute, 0)),
                    pair.SubstitutionAsIs(i, j, latents[0].Decoder, latents[1].Decoder), 1e-5);
                var deleted = Deleted(first, firstCodes, a);
                var other = Deleted(second, secondCodes, b);
                Assert.Equal(
                    Dot(deleted, other) / Math.Sqrt(Dot(deleted, deleted) * Dot(other, other)), pair.Cosine(i, j, effects[0], effects[1]),
                    1e-6);
                Assert.Equal(PlainR(deleted, other), pair.Substitution(i, j, effects[0], effects[1]), 1e-6);
            }
        }
    }

    [Fact]
    public void An_sae_and_itself_with_latents_in_another_order_are_perfect_substitutes()
    {
        var sae = Random(5);
        int[] order = [.. Enumerable.Range(0, Latents).Select(index => (index * 7) % Latents)];
        var report = Of([("sae", sae), ("permuted", Permuted(sae, order))]);
        Assert.Equal(Enum.GetValues<FunctionMatcher>(), report.Matchers.Select(matcher => matcher.Matcher));
        Assert.All(report.Matchers, matcher =>
        {
            Assert.Equal(1, matcher.Coverage.Mean);
            Assert.Equal(1, matcher.Substitution!.Mean, 1e-5);
            Assert.Equal(1, matcher.SubstitutionAsIs!.Mean, 1e-5);
            Assert.Equal(1, matcher.Ausqc.Mean, 1e-5);
            Assert.Equal(1, matcher.BeatsNegative!.Mean);
            Assert.Equal(1, matcher.Effects!.Fingerprint!.Mean, 1e-5);
            Assert.Equal(0, matcher.Effects.WithoutEffect);
            Assert.Equal(1, matcher.Curve[^1].Quality, 1e-5);
            Assert.Equal(2 * Latents, matcher.Strata.Sum(stratum => stratum.Latents));
        });
    }

    [Fact]
    public void Unrelated_saes_are_at_the_level_of_hard_negatives()
    {
        var report = Of(
            [.. Enumerable.Range(0, 5).Select(seed => ($"sae {seed}", Unrelated((uint)(20 + seed))))], Normal(4000, 96, 9), readOut: null);
        var nearest = report.Matchers[0];
        Assert.Null(nearest.Effects);
        Assert.InRange(nearest.Substitution!.Mean - nearest.Negative!.Mean, -0.02, 0.02);
        Assert.InRange(nearest.Ausqc.Mean - nearest.NegativeAusqc.Mean, -0.02, 0.02);
        Assert.InRange(nearest.Substitution.Mean, nearest.Substitution.Low!.Value, nearest.Substitution.High!.Value);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        using var two = new Workers(2);
        (string, Sae)[] saes = [("a", Random(6)), ("b", Random(7)), ("c", Random(8))];
        Assert.Equal(JsonSerializer.Serialize(Of(saes)), JsonSerializer.Serialize(Of(saes, workers: two)));
    }

    [Fact]
    public void Without_matrices_of_all_pairs_the_same_is_found()
    {
        using var two = new Workers(2);
        (string, Sae)[] saes = [("a", Random(6)), ("b", Random(7, latents: 41)), ("c", Random(8))];
        var asked = new FunctionOptions { Matchers = BlockedPairing.Possible };
        var (whole, blocked) = (Of(saes, asked), Of(saes, asked with { MostWhole = 1 }));
        Assert.Equal(whole.Matchers.Select(each => each.Matcher), blocked.Matchers.Select(each => each.Matcher));
        Assert.Equal(4, blocked.Matchers.Count);
        Assert.All(whole.Matchers.Zip(blocked.Matchers), pair =>
        {
            Assert.Equal(pair.First.Coverage.Mean, pair.Second.Coverage.Mean);
            Assert.Equal(pair.First.Substitution!.Mean, pair.Second.Substitution!.Mean, 1e-6);
            Assert.Equal(pair.First.Negative!.Mean, pair.Second.Negative!.Mean, 1e-6);
            Assert.Equal(pair.First.BeatsNegative!.Mean, pair.Second.BeatsNegative!.Mean);
            Assert.Equal(pair.First.Ausqc.Mean, pair.Second.Ausqc.Mean, 1e-6);
            Assert.Equal(pair.First.Effects!.Fingerprint!.Mean, pair.Second.Effects!.Fingerprint!.Mean, 1e-6);
        });
        Assert.Equal(JsonSerializer.Serialize(blocked), JsonSerializer.Serialize(Of(saes, asked with { MostWhole = 1 }, two)));
        Assert.Equal(
            BlockedPairing.Usual, Of(saes, new FunctionOptions { MostWhole = 1 }).Matchers.Select(matcher => matcher.Matcher));
        Assert.Contains(
            "sinkhorn decoder pairs at most 1",
            Assert.Throws<ArgumentException>(() => Of(
                saes, new FunctionOptions { Matchers = [FunctionMatcher.SinkhornDecoder], MostWhole = 1 })).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of(saes, new FunctionOptions { Matchers = [] }));
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_with_a_reason()
    {
        Assert.Contains("two SAEs", Assert.Throws<ArgumentException>(() => Of([("a", Random(6))])).Message, StringComparison.Ordinal);
        var silent = Sae.Standard(Normal(4, Width, 1), Normal(4, Width, 2), [-1e6f, -1e6f, -1e6f, -1e6f], new float[Width]);
        Assert.Contains(
            "silent: no latent fires",
            Assert.Throws<ArgumentException>(() => Of([("a", Random(6)), ("silent", silent)])).Message, StringComparison.Ordinal);
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        Assert.Throws<OperationCanceledException>(() => FunctionalAgreement.Of(
            [("a", Random(6)), ("b", Random(7))], new ActivationRows(new MatrixActivations(Rows)), cancellation: ended.Token));
    }

    private static FunctionalAgreement Of(
        IReadOnlyList<(string Name, Sae Sae)> saes, Workers? workers = null) => Of(saes, Rows, ReadOut, workers);

    private static FunctionalAgreement Of(
        IReadOnlyList<(string Name, Sae Sae)> saes, Matrix rows, Matrix? readOut, Workers? workers = null) =>
        FunctionalAgreement.Of(saes, new ActivationRows(new MatrixActivations(rows)), readOut, workers: workers);

    private static FunctionalAgreement Of(IReadOnlyList<(string Name, Sae Sae)> saes, FunctionOptions options, Workers? workers = null) =>
        FunctionalAgreement.Of(saes, new ActivationRows(new MatrixActivations(Rows)), ReadOut, options, workers);

    private static FiringLatents Firing(string name, Sae sae) =>
        FiringLatents.Of(name, sae, Rows, Workers.Alone, CancellationToken.None);

    // What a latent writes, over rows and coordinates.
    private static double[] Written(Sae sae, Matrix codes, int latent) =>
    [
        .. Enumerable.Range(0, codes.Rows).SelectMany(row =>
            Enumerable.Range(0, sae.Width).Select(column => (double)codes[row, latent] * sae.Decoder[latent, column])),
    ];

    // The logits without a latent less those with it, centred over the answers.
    private static double[] Deleted(Sae sae, Matrix codes, int latent)
    {
        var effects = new double[codes.Rows * Answers];
        for (var row = 0; row < codes.Rows; row++)
        {
            var with = Logits(sae, codes, row, -1);
            var without = Logits(sae, codes, row, latent);
            var changes = with.Zip(without, (before, after) => after - before).ToArray();
            for (var answer = 0; answer < Answers; answer++)
            {
                effects[(row * Answers) + answer] = changes[answer] - changes.Average();
            }
        }

        return effects;
    }

    private static double[] Logits(Sae sae, Matrix codes, int row, int deleted)
    {
        var logits = new double[Answers];
        for (var column = 0; column < sae.Width; column++)
        {
            double reconstruction = sae.DecoderBias[column];
            for (var latent = 0; latent < sae.Latents; latent++)
            {
                reconstruction += latent == deleted ? 0 : (double)codes[row, latent] * sae.Decoder[latent, column];
            }

            for (var answer = 0; answer < Answers; answer++)
            {
                logits[answer] += reconstruction * ReadOut[column, answer];
            }
        }

        return logits;
    }

    private static double PlainR(double[] written, double[] substitute)
    {
        var factor = Math.Max(0, Dot(written, substitute) / Dot(substitute, substitute));
        return 1 - (Residual(written, substitute, factor) / Dot(written, written));
    }

    private static double Residual(double[] written, double[] substitute, double factor) =>
        written.Zip(substitute, (a, b) => (a - (factor * b)) * (a - (factor * b))).Sum();

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private static Sae Random(uint seed, int latents = Latents) =>
        Sae.Standard(Normal(latents, Width, seed), Normal(latents, Width, seed + 100), new float[latents], new float[Width]);

    private static Sae Unrelated(uint seed) =>
        Sae.Standard(Normal(80, 96, seed), Normal(80, 96, seed + 100), new float[80], new float[96]);

    private static Sae Permuted(Sae sae, int[] order)
    {
        var (encoder, decoder) = (new Matrix(order.Length, Width), new Matrix(order.Length, Width));
        for (var index = 0; index < order.Length; index++)
        {
            sae.Encoder.Row(order[index]).CopyTo(encoder.Row(index));
            sae.Decoder.Row(order[index]).CopyTo(decoder.Row(index));
        }

        return Sae.Standard(encoder, decoder, new float[order.Length], new float[Width]);
    }

    private static Matrix Normal(int rows, int columns, uint seed)
    {
        var result = new Matrix(rows, columns);
        new RandomStream(seed, "test.function").FillNormal(result.AsSpan());
        return result;
    }
}
