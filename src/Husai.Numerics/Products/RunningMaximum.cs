namespace Husai.Numerics.Products;

/// <summary>The greatest value seen so far at each position, and where it was seen.</summary>
internal sealed class RunningMaximum
{
    public RunningMaximum(int length)
    {
        Values = new float[length];
        Indices = new int[length];
        Array.Fill(Values, float.NegativeInfinity);
        Array.Fill(Indices, -1);
    }

    public float[] Values { get; }

    public int[] Indices { get; }

    public void Offer(int position, float value, int index)
    {
        if (value > Values[position] || (value == Values[position] && index < Indices[position]))
        {
            Values[position] = value;
            Indices[position] = index;
        }
    }

    public void Merge(RunningMaximum? other)
    {
        for (var position = 0; other is not null && position < Values.Length; position++)
        {
            if (other.Indices[position] >= 0)
            {
                Offer(position, other.Values[position], other.Indices[position]);
            }
        }
    }
}
