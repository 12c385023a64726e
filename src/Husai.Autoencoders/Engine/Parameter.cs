using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Husai.Numerics;

namespace Husai.Autoencoders;

/// <summary>Weights and their two Adam moments. Rows are padded to whole vectors; the padding stays zero.</summary>
internal sealed unsafe class Parameter
{
    public Parameter(string name, int rows, int columns)
    {
        Name = name;
        Columns = columns;
        Values = new Matrix(rows, RowKernels.Padded(columns));
        FirstMoment = new Matrix(rows, RowKernels.Padded(columns));
        SecondMoment = new Matrix(rows, RowKernels.Padded(columns));
    }

    /// <summary>Name in the resume file.</summary>
    public string Name { get; }

    /// <summary>Columns without the padding.</summary>
    public int Columns { get; }

    public Matrix Values { get; }

    public Matrix FirstMoment { get; }

    public Matrix SecondMoment { get; }

    public int Vectors => Values.Columns / RowKernels.Lanes;

    public float* Row(int row) => Address(Values, row);

    /// <summary>The values without the padding.</summary>
    public float[] ToArray() => Values.SliceColumns(0, Columns).Clone().AsSpan().ToArray();

    /// <summary>One Adam step on part of a row.</summary>
    public void Step(int row, int firstVector, int vectors, float* gradient, in AdamStep adam)
    {
        var offset = firstVector * RowKernels.Lanes;
        adam.Apply(Row(row) + offset, Address(FirstMoment, row) + offset, Address(SecondMoment, row) + offset, gradient, vectors);
    }

    /// <summary>Forgets the moments of one row, as after giving it new values.</summary>
    public void ForgetMoments(int row)
    {
        FirstMoment.Row(row).Clear();
        SecondMoment.Row(row).Clear();
    }

    // Matrices never move.
    internal static float* Address(Matrix matrix, int row) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(matrix.Row(row)));
}
