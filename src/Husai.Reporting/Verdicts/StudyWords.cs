using System.Globalization;

namespace Husai.Reporting;

/// <summary>The whole study in sentences.</summary>
internal static class StudyWords
{
    public static string Headline(IReadOnlyList<ConfigurationVerdict> verdicts, IReadOnlyList<RedFlag> flags)
    {
        var measured = verdicts.Where(verdict => verdict.Reproducibility != Reproducibility.NotMeasured).ToArray();
        var beyond = measured.Count(verdict => verdict.Reproducibility == Reproducibility.BeyondChance);
        var answer = (measured.Length, beyond) switch
        {
            (0, _) => "The study does not measure reproducibility",
            var (all, some) when some == all => "The autoencoders are reproducible beyond chance",
            (_, 0) when measured.All(verdict => verdict.Reproducibility == Reproducibility.AtChance) =>
                "The autoencoders are not reproducible beyond chance",
            (_, 0) => "No configuration is surely reproducible beyond chance",
            _ => "Reproducibility depends on the configuration",
        };
        var circuit = Recovered(verdicts) switch
        {
            (0, _, _) => "recovery of the circuit was not measured",
            var (all, full, _) when full == all => "they recover the circuit",
            (_, 0, 0) => "they do not recover the circuit beyond chance",
            (_, 0, _) => "they recover the circuit at most in part",
            _ => "some recover the circuit",
        };
        return $"{answer}; {circuit}{(flags.Count == 0 ? "" : $"; {Count(flags.Count, "red flag", "red flags")}")}.";
    }

    public static string Reproducible(IReadOnlyList<ConfigurationVerdict> verdicts)
    {
        var measured = verdicts.Where(verdict => verdict.Reproducibility != Reproducibility.NotMeasured).ToArray();
        var beyond = Names(measured, verdict => verdict.Reproducibility == Reproducibility.BeyondChance);
        var undecided = Names(measured, verdict => verdict.Reproducibility == Reproducibility.Undecided);
        var answer = (measured.Length, beyond.Length) switch
        {
            (0, _) => "Not measured: no configuration has a stability with an interval and a chance level.",
            var (all, some) when some == all => $"Yes: {All(all)} beyond the strongest chance level.",
            (_, 0) when undecided.Length == 0 => $"No: {None(measured.Length)} beyond the strongest chance level.",
            (_, 0) => "Undecided: no interval lies wholly above the strongest chance level.",
            var (all, some) => Format($"In part: {some} of {all} configurations are reproducible beyond the strongest chance level ({List(beyond)})."),
        };
        return undecided.Length > 0 && measured.Length > 0 ? $"{answer} More seeds would decide {List(undecided)}." : answer;
    }

    public static string Circuit(IReadOnlyList<ConfigurationVerdict> verdicts)
    {
        var full = Names(verdicts, verdict => verdict.Recovery == Recovery.Recovered);
        var part = Names(verdicts, verdict => verdict.Recovery == Recovery.PartlyRecovered);
        return Recovered(verdicts) switch
        {
            (0, _, _) => "Not measured: no configuration has an agreement with the ground truth with an interval and a chance level.",
            var (all, some, _) when some == all => "Yes: agreement with the ground truth is high and beyond the strongest chance level in every configuration.",
            (_, 0, 0) => "No: agreement with the ground truth is not beyond the strongest chance level in any configuration.",
            (_, 0, _) => $"In part: agreement with the ground truth is beyond chance, but below {FigureNumbers.Fixed(VerdictThresholds.RecoveredOverlap, 2)} ({List(part)}).",
            var (all, some, _) => Format($"Some: {some} of {all} configurations recover it ({List(full)}){(part.Length > 0 ? $"; in part: {List(part)}" : "")}."),
        };
    }

    public static string List(IReadOnlyList<string> names) => names.Count <= 6
        ? string.Join(", ", names)
        : Format($"{string.Join(", ", names.Take(5))} and {names.Count - 5} more");

    private static (int Measured, int Full, int Part) Recovered(IReadOnlyList<ConfigurationVerdict> verdicts) => (
        verdicts.Count(verdict => verdict.Recovery != Recovery.NotMeasured),
        verdicts.Count(verdict => verdict.Recovery == Recovery.Recovered),
        verdicts.Count(verdict => verdict.Recovery == Recovery.PartlyRecovered));

    private static string[] Names(IReadOnlyList<ConfigurationVerdict> verdicts, Func<ConfigurationVerdict, bool> taken) =>
        [.. verdicts.Where(taken).Select(verdict => verdict.Configuration)];

    private static string All(int count) => count == 1 ? "the configuration is reproducible" : Format($"all {count} configurations are reproducible");

    private static string None(int count) => count == 1 ? "the configuration is not reproducible" : Format($"none of {count} configurations is reproducible");

    private static string Count(int count, string one, string many) => Format($"{count} {(count == 1 ? one : many)}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
