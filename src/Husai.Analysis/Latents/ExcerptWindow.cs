using Husai.Formats.Stores;

namespace Husai.Analysis.Latents;

/// <summary>An excerpt whose activations are still to be read.</summary>
internal sealed class ExcerptWindow
{
    private readonly FiringRow _peak;
    private readonly StoredToken _token;
    private readonly int[]? _ids;

    private ExcerptWindow(int latent, FiringRow peak, long first, StoredToken token, int length, int[]? ids)
    {
        (Latent, _peak, First, _token, _ids) = (latent, peak, first, token, ids);
        Activations = new float[length];
    }

    /// <summary>The latent.</summary>
    public int Latent { get; }

    /// <summary>Its first row.</summary>
    public long First { get; }

    /// <summary>The row behind its last.</summary>
    public long End => First + Activations.Length;

    /// <summary>The latent's activations on its rows.</summary>
    public float[] Activations { get; }

    /// <summary>The rows around one, as far as they follow each other in the same context.</summary>
    public static ExcerptWindow Around(FiringRow peak, int latent, ITracedRows rows, int reach)
    {
        if (!rows.HasTokens)
        {
            var own = new StoredToken[1];
            rows.CopyTokensTo(peak.Row, own);
            return new ExcerptWindow(latent, peak, peak.Row, own[0], 1, null);
        }

        var first = Math.Max(0, peak.Row - reach);
        var tokens = new StoredToken[(int)(Math.Min(rows.Rows, peak.Row + reach + 1) - first)];
        rows.CopyTokensTo(first, tokens);
        var place = (int)(peak.Row - first);
        var (start, end) = (place, place + 1);
        for (; start > 0 && tokens[start - 1].Context == tokens[place].Context; start--)
        {
        }

        for (; end < tokens.Length && tokens[end].Context == tokens[place].Context; end++)
        {
        }

        var ids = tokens[start..end].Select(token => token.Id).ToArray();
        return new ExcerptWindow(latent, peak, first + start, tokens[place], end - start, ids);
    }

    /// <summary>The excerpt.</summary>
    public Excerpt ToExcerpt() => new(_peak.Row, _peak.Activation, (int)(_peak.Row - First), Activations)
    {
        Document = _ids is not null && _token.Document >= 0 ? _token.Document : null,
        Position = _token.Position >= 0 ? _token.Position : null,
        Offset = _token.Offset >= 0 ? _token.Offset : null,
        TokenIds = _ids,
    };
}
