namespace Husai.Analysis.Matching.Candidates;

/// <summary>
/// For each of many lines the few best partners seen so far. Equal ones go to the partner that comes first from the line's own number on,
/// round to the start, so that lines that are all alike do not all take the same partners. The order in which partners are seen makes no
/// difference.
/// </summary>
/// <param name="lines">Number of lines.</param>
/// <param name="partners">Number of partners.</param>
/// <param name="kept">How many of them a line keeps.</param>
internal sealed class BestOfLine(int lines, int partners, int kept)
{
    private readonly double[] _profit = new double[checked(lines * kept)];
    private readonly float[] _value = new float[lines * kept];
    private readonly int[] _partner = new int[lines * kept];
    private readonly byte[] _count = new byte[lines];

    public int Lines => lines;

    public int Count(int line) => _count[line];

    /// <summary>A line's best partners from the best on.</summary>
    public (int Partner, float Value, double Profit) this[int line, int place] =>
        (_partner[line * kept + place], _value[line * kept + place], _profit[line * kept + place]);

    /// <summary>Profit that a partner must reach to be kept; minus infinity while there is room.</summary>
    public double Floor(int line) => _count[line] < kept ? double.NegativeInfinity : _profit[line * kept + kept - 1];

    public void Offer(int line, int partner, float value, double profit)
    {
        var first = line * kept;
        var end = first + _count[line];
        if (_count[line] == kept)
        {
            if (!IsBefore(line, profit, partner, --end))
            {
                return;
            }
        }
        else
        {
            _count[line]++;
        }

        var place = end;
        for (; place > first && IsBefore(line, profit, partner, place - 1); place--)
        {
            (_profit[place], _value[place], _partner[place]) = (_profit[place - 1], _value[place - 1], _partner[place - 1]);
        }

        (_profit[place], _value[place], _partner[place]) = (profit, value, partner);
    }

    private bool IsBefore(int line, double profit, int partner, int place) =>
        profit > _profit[place] || (profit == _profit[place] && Turn(line, partner) < Turn(line, _partner[place]));

    private int Turn(int line, int partner)
    {
        var turn = (partner - line) % partners;
        return turn < 0 ? turn + partners : turn;
    }
}
