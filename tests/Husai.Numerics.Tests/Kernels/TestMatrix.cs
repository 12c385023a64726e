using Husai.Numerics.Matrices;
using Husai.Numerics.Randomness;

namespace Husai.Numerics.Tests.Kernels;

/// <summary>A matrix for tests: its own storage, or a view of odd stride whose surroundings must stay as they are.</summary>
internal sealed class TestMatrix
{
    private const float Surroundings = 12345.678f;
    private readonly Matrix _parent;

    private TestMatrix(Matrix parent, Matrix view)
    {
        _parent = parent;
        View = view;
    }

    /// <summary>Every width from nothing to past eight times the 16 lanes.</summary>
    public static IEnumerable<int> Widths => Enumerable.Range(0, 131);

    /// <summary>The matrix under test.</summary>
    public Matrix View { get; }

    /// <summary>A matrix of zeros.</summary>
    public static TestMatrix Zeros(int rows, int columns, bool strided)
    {
        var parent = strided ? new Matrix(rows + 2, columns + 5) : new Matrix(rows, columns);
        parent.Fill(Surroundings);
        var result = new TestMatrix(parent, strided ? parent.Slice(1, rows, 2, columns) : parent);
        result.View.Clear();
        return result;
    }

    /// <summary>Normal numbers.</summary>
    public static Matrix Normal(int rows, int columns, string purpose, bool strided = false, float deviation = 1f)
    {
        var result = Zeros(rows, columns, strided).View;
        var stream = new RandomStream(7, purpose, (uint)columns);
        for (var row = 0; row < rows; row++)
        {
            stream.FillNormal(result.Row(row), 0f, deviation);
        }

        return result;
    }

    /// <summary>Fails if anything around the view has changed.</summary>
    public void AssertSurroundings()
    {
        if (ReferenceEquals(_parent, View))
        {
            return;
        }

        var inside = View.Rows * View.Columns;
        View.Fill(Surroundings);
        Assert.DoesNotContain(_parent.AsSpan().ToArray(), value => value != Surroundings);
        Assert.True(_parent.AsSpan().Length > inside);
    }
}
