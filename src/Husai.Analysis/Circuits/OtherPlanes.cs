using Husai.Analysis.Chance;
using Husai.Analysis.Geometry;
using Husai.Analysis.Similarity;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Products;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Circuits;

/// <summary>
/// Other planes of the same span: the joint span of the circuit's planes is turned by a uniformly random rotation and cut into planes of
/// the same ranks. Directions that lie in the span but know nothing of the planes in it lie as close to these.
/// </summary>
internal sealed class OtherPlanes
{
    // A matching of 1024 latents with the slots of 3 planes counts 1.5e5 of these.
    private const double MostMatchingSteps = 2e8;
    private readonly Matrix _span;
    private readonly int[] _ranks;
    private readonly Matrix[] _draws;

    /// <summary>Draws the planes once, for all dictionaries of a site.</summary>
    /// <param name="planes">For each plane an orthonormal basis, <c>[rank, width]</c>; at least one.</param>
    /// <param name="draws">How many times the span is cut.</param>
    /// <param name="seed">Seed of the rotations.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public OtherPlanes(IReadOnlyList<Matrix> planes, int draws, ulong seed, Workers? workers)
    {
        _ranks = [.. planes.Select(plane => plane.Rows)];
        _span = OrthonormalSpan.Of(PlaneEnergies.Stack(planes, planes[0].Columns));
        _draws = new Matrix[draws];
        (workers ?? Workers.Alone).For(draws, (draw, _) => _draws[draw] = Cut(new RandomStream(seed, "null.planes", (uint)draw)));
    }

    /// <summary>Number of dimensions of the span.</summary>
    public int Rank => _span.Rows;

    /// <summary>Energy of isotropic directions in the span: its rank over the width.</summary>
    public double Presence => Rank / (double)_span.Columns;

    /// <summary>For each draw the mean over directions of the energy in the best plane.</summary>
    /// <param name="directions"><c>[directions, width]</c>, no zero row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public double[] Overlaps(Matrix directions, Workers? workers)
    {
        var inSpan = InSpan(directions, workers);
        return ForDraws(_draws.Length, draw => Energies(inSpan, draw).Average(energies => (double)energies.Max()), workers);
    }

    /// <summary>For each draw the matching score (<see cref="PlaneMatch"/>); fewer draws where one takes long, at least two.</summary>
    /// <param name="directions"><c>[directions, width]</c>, no zero row.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public double[] Matches(Matrix directions, Workers? workers)
    {
        var inSpan = InSpan(directions, workers);
        var slots = (double)_ranks.Length * PlaneMatch.SlotsPerPlane;
        var steps = slots * directions.Rows * Math.Min(slots, directions.Rows);
        return ForDraws(Math.Min(_draws.Length, (int)Math.Clamp(MostMatchingSteps / steps, 2, _draws.Length)), draw =>
        {
            var rows = Energies(inSpan, draw).ToArray();
            return PlaneMatch.Score(rows.Length, _ranks.Length, (direction, plane) => rows[direction][plane]);
        }, workers);
    }

    // Planes that overlap have more dimensions together than their span: further rotations give the rest.
    private Matrix Cut(RandomStream stream)
    {
        var bases = new Matrix(_ranks.Sum(), Rank);
        var rotation = RandomDirections.Rotation(Rank, stream);
        int row = 0, used = 0;
        foreach (var rank in _ranks)
        {
            if (used + rank > Rank)
            {
                rotation = RandomDirections.Rotation(Rank, stream);
                used = 0;
            }

            bases.SliceRows(row, rank).CopyFrom(rotation.SliceRows(used, rank));
            row += rank;
            used += rank;
        }

        return bases;
    }

    private Matrix InSpan(Matrix directions, Workers? workers)
    {
        var unit = UnitRows.Of(directions);
        var components = new Matrix(unit.Rows, Rank);
        MatrixProduct.Multiply(components, unit, _span, ProductForm.ABt, workers: workers);
        return components;
    }

    // For each direction its energy in each plane of a draw.
    private IEnumerable<float[]> Energies(Matrix inSpan, int draw)
    {
        var components = new Matrix(inSpan.Rows, _draws[draw].Rows);
        MatrixProduct.Multiply(components, inSpan, _draws[draw], ProductForm.ABt);
        for (var direction = 0; direction < components.Rows; direction++)
        {
            var energies = new float[_ranks.Length];
            for (int plane = 0, offset = 0; plane < _ranks.Length; offset += _ranks[plane++])
            {
                energies[plane] = (float)Reductions.SumOfSquares(components.Row(direction).Slice(offset, _ranks[plane]));
            }

            yield return energies;
        }
    }

    private static double[] ForDraws(int draws, Func<int, double> score, Workers? workers)
    {
        var scores = new double[draws];
        (workers ?? Workers.Alone).For(draws, (draw, _) => scores[draw] = score(draw));
        return scores;
    }
}
