namespace Husai.Reporting.Drawing;

/// <summary>A logarithmic axis of steps on which the initialisation, step 0, has a place of its own at the left.</summary>
internal sealed class StepScale : Scale
{
    private const double ZeroPosition = 0.03;
    private const double FirstPosition = 0.12;
    private readonly LogScale _positive;

    /// <param name="first">The first step after 0, positive.</param>
    /// <param name="last">The last step.</param>
    public StepScale(double first, double last) => _positive = new LogScale(first, last * 1.15);

    public override double Position(double value) =>
        value > 0 ? FirstPosition + ((1 - FirstPosition) * _positive.Position(value)) : ZeroPosition;

    public override IReadOnlyList<Tick> Ticks(int most) => [new Tick(0, "0"), .. _positive.Ticks(Math.Max(2, most - 1))];
}
