using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;
using Husai.Numerics.Optimisers;

namespace Husai.Autoencoders.Engine;

/// <summary>Weights and their two Adam moments. Rows are padded to whole vectors; the padding stays zero.</summary>
internal sealed unsafe class Parameter
{
    private readonly float* _values;
    private readonly float* _firstMoment;
    private readonly float* _secondMoment;

    public Parameter(string name, int rows, int columns)
    {
        Name = name;
        Columns = columns;
        Values = new Matrix(rows, Lanes.Padded(columns));
        FirstMoment = new Matrix(rows, Lanes.Padded(columns));
        SecondMoment = new Matrix(rows, Lanes.Padded(columns));
        Stride = Values.Stride;
        Vectors = Values.Columns / Lanes.Count;
        _values = Address(Values, 0);
        _firstMoment = Address(FirstMoment, 0);
        _secondMoment = Address(SecondMoment, 0);
    }

    /// <summary>Name in the resume file.</summary>
    public string Name { get; }

    /// <summary>Columns without the padding.</summary>
    public int Columns { get; }

    public Matrix Values { get; }

    public Matrix FirstMoment { get; }

    public Matrix SecondMoment { get; }

    /// <summary>Floats from row to row.</summary>
    public int Stride { get; }

    /// <summary>Length of a row in vectors.</summary>
    public int Vectors { get; }

    public float* Row(int row) => _values + (nint)row * Stride;

    /// <summary>The values without the padding.</summary>
    public float[] ToArray() => Values.SliceColumns(0, Columns).Clone().AsSpan().ToArray();

    /// <summary>One Adam step on part of a row.</summary>
    public void Step(int row, int firstVector, int vectors, float* gradient, in FlushingAdam adam)
    {
        var offset = (nint)row * Stride + firstVector * Lanes.Count;
        adam.Apply(_values + offset, _values + offset, _firstMoment + offset, _secondMoment + offset, gradient, vectors);
    }

    /// <summary>One Adam step on a row, of which the new values take the place of the gradient.</summary>
    public void StepIntoGradient(int row, float* gradient, in FlushingAdam adam)
    {
        var offset = (nint)row * Stride;
        adam.Apply(gradient, _values + offset, _firstMoment + offset, _secondMoment + offset, gradient, Vectors);
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
