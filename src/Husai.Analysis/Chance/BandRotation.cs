using Husai.Numerics.Decompositions;
using Husai.Numerics.Kernels;
using Husai.Numerics.Matrices;
using Husai.Numerics.Parallelism;
using Husai.Numerics.Randomness;

namespace Husai.Analysis.Chance;

/// <summary>
/// A random rotation (or reflection) Q within bands of principal axes, as products of Householder reflections (Stewart 1980, section 3): no
/// matrix of it is needed.
/// </summary>
internal sealed class BandRotation
{
    private const int RowsPerTask = 16;

    private readonly PrincipalAxes _axes;

    // For each band the reflections of ever fewer of its last coordinates, and the sign of the last one.
    private readonly Reflection[][] _reflections;
    private readonly float[] _lastSigns;

    internal BandRotation(PrincipalAxes axes, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _axes = axes;
        _reflections = new Reflection[axes.Bands.Count][];
        _lastSigns = new float[axes.Bands.Count];
        for (var band = 0; band < _reflections.Length; band++)
        {
            var count = axes.Bands[band].Count;
            _reflections[band] = new Reflection[count - 1];
            for (var index = 0; index < count - 1; index++)
            {
                _reflections[band][index] = Reflection.Draw(count - index, stream);
            }

            _lastSigns[band] = (stream.NextUInt32() & 1) == 0 ? 1 : -1;
        }
    }

    /// <summary>Turns directions: <c>rows Q</c>, <c>[rows, width]</c>.</summary>
    /// <param name="rows"><c>[rows, width]</c>, of any length.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public Matrix Apply(Matrix rows, Workers? workers = null)
    {
        var coordinates = _axes.Coordinates(rows, workers);
        Turn(coordinates, workers);
        return _axes.Directions(coordinates, workers);
    }

    /// <summary>Turns coordinates along the principal axes in place.</summary>
    /// <param name="coordinates"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public void Turn(Matrix coordinates, Workers? workers = null) => ForRows(coordinates, workers, row =>
    {
        for (var band = 0; band < _reflections.Length; band++)
        {
            var part = row.Span.Slice(_axes.Bands[band].Start, _axes.Bands[band].Count);
            for (var index = 0; index < _reflections[band].Length; index++)
            {
                _reflections[band][index].Apply(part[index..]);
            }

            part[^1] *= _lastSigns[band];
        }
    });

    /// <summary>Turns coordinates back in place: by the inverse of Q.</summary>
    /// <param name="coordinates"><c>[rows, width]</c>.</param>
    /// <param name="workers">Threads to use; the calling one by default.</param>
    public void TurnBack(Matrix coordinates, Workers? workers = null) => ForRows(coordinates, workers, row =>
    {
        for (var band = 0; band < _reflections.Length; band++)
        {
            var part = row.Span.Slice(_axes.Bands[band].Start, _axes.Bands[band].Count);
            part[^1] *= _lastSigns[band];
            for (var index = _reflections[band].Length - 1; index >= 0; index--)
            {
                _reflections[band][index].Apply(part[index..]);
            }
        }
    });

    private void ForRows(Matrix coordinates, Workers? workers, Action<CoordinateRow> turn)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        if (coordinates.Columns != _axes.Width)
        {
            throw new ArgumentException($"{coordinates.Shape} has other coordinates than the {_axes.Width} axes", nameof(coordinates));
        }

        (workers ?? Workers.Alone).For((coordinates.Rows + RowsPerTask - 1) / RowsPerTask, (task, _) =>
        {
            for (var row = task * RowsPerTask; row < Math.Min(coordinates.Rows, (task + 1) * RowsPerTask); row++)
            {
                turn(new CoordinateRow(coordinates, row));
            }
        });
    }

    private readonly record struct CoordinateRow(Matrix Coordinates, int Row)
    {
        public Span<float> Span => Coordinates.Row(Row);
    }

    /// <summary>±(I - 2 v vᵀ / vᵀv), which takes the first axis to a uniform direction.</summary>
    private sealed class Reflection(float[] normal, float scale, float sign)
    {
        public static Reflection Draw(int size, RandomStream stream)
        {
            var values = new float[size];
            stream.FillNormal(values);
            var norm = Math.Sqrt(Reductions.SumOfSquares(values));
            for (var i = 0; i < size; i++)
            {
                values[i] = (float)(values[i] / norm);
            }

            // Of the two reflections that take the first axis to ±u the one whose v does not cancel.
            var sign = values[0] < 0 ? -1f : 1f;
            values[0] += sign;
            return new Reflection(values, (float)(2 / Reductions.SumOfSquares(values)), -sign);
        }

        public void Apply(Span<float> row)
        {
            var along = (float)(Reductions.Dot(row, normal) * scale);
            Elementwise.MultiplyAdd(row, normal, -along);
            if (sign < 0)
            {
                Elementwise.Scale(row, -1);
            }
        }
    }
}
