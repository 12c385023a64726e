using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// One null study whose dictionaries are never in memory as a whole: of each a sample of latents, and all of them in coordinates of its
/// own, block by block.
/// </summary>
internal sealed class SampledDictionaries
{
    private SampledDictionaries(
        IReadOnlyList<Matrix> samples, Func<int, Matrix, Workers?, Matrix> toCoordinates, Func<int, IEnumerable<Matrix>> candidates)
    {
        Samples = samples;
        ToCoordinates = toCoordinates;
        Candidates = candidates;
    }

    /// <summary>The latents that stand for each dictionary, in coordinates that all share, <c>[sample, width]</c>.</summary>
    public IReadOnlyList<Matrix> Samples { get; }

    /// <summary>Takes samples of others into the coordinates of a dictionary's candidates, such that cosines stay as they are.</summary>
    public Func<int, Matrix, Workers?, Matrix> ToCoordinates { get; }

    /// <summary>All latents of a dictionary in its own coordinates, in blocks whose memory the next one takes over.</summary>
    public Func<int, IEnumerable<Matrix>> Candidates { get; }

    /// <summary>Random dictionaries of given shapes. The latents of the sample are the first of their dictionary.</summary>
    public static SampledDictionaries OfShapes(
        IReadOnlyList<DirectionShape> shapes, IReadOnlyList<int> sizes, Func<int, RandomStream> streamOf, Workers? workers)
    {
        var streams = Enumerable.Range(0, shapes.Count).Select(streamOf).ToArray();
        var first = shapes.Select((shape, number) =>
        {
            var coordinates = new Matrix(Math.Min(SampledMaximum.LargestSample, sizes[number]), shape.Coordinates);
            shape.Fill(coordinates, streams[number], workers);
            return coordinates;
        }).ToArray();
        return new SampledDictionaries(
            [.. shapes.Select((shape, number) => shape.ToSpace(first[number], workers))],
            (number, samples, crew) => ToCoordinatesOf(shapes[number], samples, crew),
            number => Blocks(shapes[number], first[number], sizes[number], streams[number], workers));
    }

    /// <summary>
    /// Dictionaries turned within bands of principal axes, each by a rotation of its own. A sample is turned by its own and back by the
    /// other's, which stays as it is.
    /// </summary>
    /// <param name="coordinates">All latents of each dictionary along the axes.</param>
    /// <param name="turns">Rotation of each.</param>
    /// <param name="streamOf">Where the choice of latents comes from.</param>
    /// <param name="workers">Threads to use.</param>
    public static SampledDictionaries OfTurned(
        IReadOnlyList<Matrix> coordinates, IReadOnlyList<BandRotation> turns, Func<int, RandomStream> streamOf, Workers? workers)
    {
        var samples = coordinates.Select((rows, number) =>
        {
            var sample = Sample(rows, streamOf(number));
            turns[number].Turn(sample, workers);
            return sample;
        }).ToArray();
        return new SampledDictionaries(
            samples,
            (number, others, crew) =>
            {
                turns[number].TurnBack(others, crew);
                return others;
            },
            number => [coordinates[number]]);
    }

    private static Matrix Sample(Matrix rows, RandomStream stream) => rows.Rows <= SampledMaximum.LargestSample
        ? rows.Clone()
        : rows.ChosenRows(stream.Sample(rows.Rows, SampledMaximum.LargestSample));

    private static IEnumerable<Matrix> Blocks(DirectionShape shape, Matrix first, int size, RandomStream stream, Workers? workers)
    {
        // The coordinate for what lies outside the axes is 0 for all that is drawn along them.
        var memory = new Matrix(Math.Min(size, SampledMaximum.BlockRows), shape.Coordinates + (shape.SpansSpace ? 0 : 1));
        memory.SliceRows(0, first.Rows).SliceColumns(0, first.Columns).CopyFrom(first);
        var filled = first.Rows;
        for (var start = 0; start < size; start += memory.Rows)
        {
            var block = memory.SliceRows(0, Math.Min(memory.Rows, size - start));
            shape.Fill(block.SliceRows(filled, block.Rows - filled).SliceColumns(0, first.Columns), stream, workers, ofLengthOne: false);
            filled = 0;
            yield return block;
        }
    }

    private static Matrix ToCoordinatesOf(DirectionShape shape, Matrix samples, Workers? workers)
    {
        var coordinates = shape.ToCoordinates(samples, workers);
        return shape.SpansSpace ? coordinates : WithRest(coordinates);
    }

    // One more coordinate holds what lies outside the axes, so that each row keeps its length of 1.
    private static Matrix WithRest(Matrix coordinates)
    {
        var result = new Matrix(coordinates.Rows, coordinates.Columns + 1);
        for (var row = 0; row < result.Rows; row++)
        {
            coordinates.Row(row).CopyTo(result.Row(row));
            result.Row(row)[^1] = (float)Math.Sqrt(Math.Max(0, 1 - Reductions.SumOfSquares(coordinates.Row(row))));
        }

        return result;
    }
}
