namespace Husai.Reporting.Drawing;

/// <summary>Maps values to positions from 0 to 1 and names the ticks.</summary>
internal abstract class Scale
{
    /// <summary>Position of a value: 0 at the start of the axis, 1 at its end.</summary>
    public abstract double Position(double value);

    /// <summary>Whether a value can be shown at all.</summary>
    public virtual bool Shows(double value) => double.IsFinite(value);

    /// <summary>Ticks in ascending order, at most about <paramref name="most"/> with a label.</summary>
    public abstract IReadOnlyList<Tick> Ticks(int most);
}
