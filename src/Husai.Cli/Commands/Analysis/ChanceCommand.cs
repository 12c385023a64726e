using System.CommandLine;
using System.Globalization;
using Husai.Analysis.Chance;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Reporting.Figures;

namespace Husai.Cli.Commands.Analysis;

/// <summary><c>husai chance</c>: what random dictionaries score.</summary>
internal sealed class ChanceCommand : HusaiCommand
{
    private const int MostDrawnLatents = 16_384;
    private readonly Option<int?> _width = NumberOption.Create("--width", "Width of the activations", 2, 1 << 20);
    private readonly Option<int?> _latents = NumberOption.Create("--latents", "Latents of each SAE", 1, 1 << 24);

    private readonly Option<int?> _draws = NumberOption.Create(
        "--chance-draws",
        "Random pairs that the Hungarian levels are computed from [default: 16]", 2, 100_000);

    private readonly Option<long?> _seed = NumberOption.Create(
        "--chance-seed", "Seed of the random pairs [default: 0]", 0L, long.MaxValue);

    private readonly FiguresOption _figures;

    public ChanceCommand()
        : base("chance", "Compute the chance level of isotropic dictionaries", "husai chance --width 128 --latents 1024")
    {
        _width.Required = true;
        _latents.Required = true;
        Options.Add(_width);
        Options.Add(_latents);
        _draws.Aliases.Add("--draws");
        _seed.Aliases.Add("--seed");
        Options.Add(_draws);
        Options.Add(_seed);
        _figures = new FiguresOption(this);
    }

    public override int Run(CommandContext context)
    {
        var width = context.Get(_width)!.Value;
        var latents = context.Get(_latents)!.Value;
        RequireHeld(width, latents);
        _figures.RequireReplaceable(context);
        var levels = IsotropicLevels.Of(width, latents, context.Get(_draws) ?? 16, (ulong)(context.Get(_seed) ?? 0), context.Workers);
        _figures.Write(context, () => CommandFigures.Of(levels));
        context.Output.Result(levels, console =>
        {
            var table = Tables.Create(console, "similarity", "#chance", "#standard error");
            table.AddTextRow("abs cosine, max", Text(levels.AbsMax), "exact");
            table.AddTextRow("signed cosine, max", Text(levels.SignedMax), "exact");
            table.AddTextRow("abs cosine, hungarian", Text(levels.HungarianAbs), Text(levels.Se.HungarianAbs));
            table.AddTextRow("signed cosine, hungarian", Text(levels.HungarianSigned), Text(levels.Se.HungarianSigned));
            table.AddTextRow(
                $"P(|cos| > {levels.Threshold.ToString(CultureInfo.InvariantCulture)})",
                levels.TailAboveThreshold.ToString("0.###e+0", CultureInfo.InvariantCulture), "exact");
            console.Write(table);
        });
        return ExitCode.Success;
    }

    // A pair of dictionaries and the cosines between them; of larger ones as many latents are drawn.
    private static void RequireHeld(int width, int latents)
    {
        const double gibi = 1 << 30;
        var drawn = Math.Min(latents, MostDrawnLatents);
        var values = (long)drawn * width;
        var (needed, limit) = (sizeof(float) * (2.0 * values + (double)drawn * drawn), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (values > Array.MaxLength || needed > limit)
        {
            throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--latents {latents} of --width {width} need {drawn} x {width} values twice, {needed / gibi:0.0} GiB with their cosines, "
                    + $"where {Array.MaxLength} values and {limit / gibi:0.0} GiB can be held; take smaller ones"));
        }
    }

    private static string Text(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}
