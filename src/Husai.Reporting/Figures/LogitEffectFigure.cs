using Husai.Reporting.Drawing;

namespace Husai.Reporting.Figures;

/// <summary>What a latent adds to the logit of each answer.</summary>
internal static class LogitEffectFigure
{
    private const string Id = "logits";

    public static ReportFigure Create(IReadOnlyList<float> effects, string note)
    {
        var title = "Effect on the logits";
        var caption = $"What an activation of 1 adds to the logit of each answer c, less the mean over the answers. {note}";
        var points = effects.Select((effect, answer) => ((double)answer, (double)effect)).ToArray();
        var largest = effects.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var room = largest > 0 ? 1.08 * largest : 1;
        var panel = new Panel(
            "", new Axis("answer c", new LinearScale(0, Math.Max(1, effects.Count - 1))), new Axis("logit", new LinearScale(-room, room)),
            [new ReferenceLayer("", 0, ReferenceLayer.Isotropic), new LineLayer("", points, Palette.Of(0), marked: false)]);
        return new ReportFigure(
            Id, title, caption, PanelGrid.Draw(Id, title, caption, [panel], 1, FigureSize.Column, FigureSize.HeightOf(1)), Table(effects));
    }

    private static FigureTable Table(IReadOnlyList<float> effects)
    {
        var table = new FigureTableBuilder(new("answer", "the answer c"), new("effect", "what an activation of 1 adds to its logit"));
        for (var answer = 0; answer < effects.Count; answer++)
        {
            table.Add(answer, effects[answer]);
        }

        return table.Build();
    }
}
