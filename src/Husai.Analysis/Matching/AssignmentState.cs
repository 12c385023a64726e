using Husai.Numerics.Matrices;

namespace Husai.Analysis.Matching;

/// <summary>A partial assignment with the columns' dual variables; the cost of an element is its value negated.</summary>
internal sealed class AssignmentState
{
    public AssignmentState(Matrix values)
    {
        Values = values;
        ColumnOfRow = new int[values.Rows];
        RowOfColumn = new int[values.Columns];
        Potential = new double[values.Columns];
        Array.Fill(ColumnOfRow, -1);
        Array.Fill(RowOfColumn, -1);
    }

    public Matrix Values { get; }

    public int Rows => Values.Rows;

    public int Columns => Values.Columns;

    public int[] ColumnOfRow { get; }

    public int[] RowOfColumn { get; }

    /// <summary>Never positive, and zero for a column that is free.</summary>
    public double[] Potential { get; }

    public double ReducedCost(int row, int column) => -(double)Values.Row(row)[column] - Potential[column];
}
