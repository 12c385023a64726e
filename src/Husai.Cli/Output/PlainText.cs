using Husai.Formats.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Husai.Cli.Output;

/// <summary>Whatever is rendered, text in it steers no terminal.</summary>
internal sealed class PlainText : IRenderHook
{
    public IEnumerable<IRenderable> Process(RenderOptions options, IEnumerable<IRenderable> renderables) =>
        renderables.Select(renderable => new Escaped(renderable));

    private sealed class Escaped(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth).Select(segment =>
            segment.IsControlCode || segment.IsLineBreak
                ? segment
                : new Segment(PrintableText.Escape(segment.Text, keepLines: true), segment.Style));
    }
}
