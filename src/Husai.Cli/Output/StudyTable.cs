using System.Globalization;
using Husai.Analysis.Stability;
using Husai.Experiments.Studies.Configuration;
using Husai.Experiments.Studies.Results;
using Husai.Reporting.Tables;
using Spectre.Console;

namespace Husai.Cli.Output;

/// <summary>
/// The table of a study in a terminal of 80 columns: numbers of at most three decimals without their leading zero, headings in two lines,
/// no rules.
/// </summary>
internal static class StudyTable
{
    private const string Indentation = "  ";

    private static readonly string[] Columns =
    [
        "\nSAE", "live\n/all", "\nEV", "\nL0", "\nacc.", "\nscore", "same\nshape", "kappa\n[interval]", "\nstart", "kappa\nturned",
    ];

    /// <summary>Writes the rows of <see cref="Rows"/> and how to read them.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<string[]> rows)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var heading in Columns)
        {
            var isName = heading == Columns[0];
            table.AddColumn(new TableColumn(new Text(heading))
            {
                Alignment = isName ? Justify.Left : Justify.Right,
                NoWrap = !isName,
                Padding = new Padding(0, 0, heading == Columns[^1] ? 0 : 1, 0),
            });
        }

        foreach (var row in rows)
        {
            table.AddTextRow(row);
        }

        console.Write(table);
        console.WriteLine();
        console.WriteLine(
            "live/all: latents; EV: explained variance; acc.: accuracy with reconstructions in place of activations; score: similarity "
                + "between seeds.");
        foreach (var line in StudyText.HowToRead)
        {
            console.WriteLine(line);
        }

        if (rows.Any(row => row[0].StartsWith(Indentation, StringComparison.Ordinal)))
        {
            console.WriteLine(
                "random_init, memorised, randomised: the same SAEs on networks that learnt no circuit (initial weights; training pairs "
                    + "learnt by heart; trained weights permuted within each matrix).");
        }

        console.WriteLine();
    }

    /// <summary>The cells of all configurations: a row for each, and one below it for the same SAEs on each control.</summary>
    public static IReadOnlyList<string[]> Rows(IReadOnlyList<ConfigurationResults> configurations) =>
    [
        .. from configuration in configurations
           where configuration.ControlOf is null
           from row in configurations.Where(other => other.ControlOf == configuration.Name)
               .Select(other => Row(other, Indentation + ControlNetworks.NameOf(other.Control!.Value)))
               .Prepend(Row(configuration, configuration.Name))
           select row,
    ];

    private static string[] Row(ConfigurationResults configuration, string name)
    {
        var stability = configuration.Stability;
        return
        [
            name,
            $"{Whole(configuration.LiveLatents())}/{Whole(configuration.Latents)}",
            Number(configuration.ExplainedVariance?.Mean),
            L0(configuration.L0?.Mean),
            Number(configuration.SplicedAccuracy?.Mean),
            Number(stability?.Value.Mean),
            Number(stability?.Levels.SameShape.Value),
            Kappa(stability?.Kappa),
            Number(stability?.CosineToStart),
            stability?.KappaTurned is { } turned ? Short(Analysis.Stability.Kappa.Text(turned.Value)) : "-",
        ];
    }

    private static string Whole(double? value) => value?.ToString("0", CultureInfo.InvariantCulture) ?? "-";

    private static string L0(double? value) => value?.ToString(value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) ?? "-";

    private static string Kappa(Kappa? kappa) => kappa is null ? "-" : Short(kappa.ToText());

    private static string Number(double? value) =>
        value is { } number ? Short(number.ToString("0.000", CultureInfo.InvariantCulture)) : "-";

    // 0.015 [-0.012, 0.018] as .015 [-.012, .018]; 1.000 stays.
    private static string Short(string text)
    {
        var shorter = text.Replace("-0.000", ".000", StringComparison.Ordinal).Replace(" 0.", " .", StringComparison.Ordinal)
            .Replace("[0.", "[.", StringComparison.Ordinal)
            .Replace("-0.", "-.", StringComparison.Ordinal);
        return shorter.StartsWith("0.", StringComparison.Ordinal) ? shorter[1..] : shorter;
    }
}
