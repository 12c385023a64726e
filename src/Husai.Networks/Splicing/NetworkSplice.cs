using Husai.Formats.Files;
using Husai.Networks.Onnx;
using Husai.Networks.Running;
using Husai.Networks.Sites;
using Husai.Networks.Text;
using Husai.Numerics.Matrices;
using Microsoft.ML.OnnxRuntime;

namespace Husai.Networks.Splicing;

/// <summary>Runs text through a network with other rows in place of those of a tensor, and measures what becomes of its output.</summary>
/// <remarks>Rows of special tokens stay the network's own, unless SAEs were trained on them too.</remarks>
internal sealed class NetworkSplice : IDisposable
{
    /// <summary>Rows that are replaced where nothing says how many.</summary>
    public const int UsualRows = 8192;

    private const string InputName = "husai.replacement";
    private const string Logits = "logits";
    private readonly NetworkSession _whole;
    private readonly NetworkSession _spliced;
    private readonly NetworkSite _site;
    private readonly IReadOnlyList<TokenContext[]> _batches;
    private readonly int _padding;
    private readonly bool _hasSpecialRows;
    private readonly bool _isPooled;
    private readonly float[] _mean;

    /// <summary>Loads the network twice: as it is, and with an input in place of the tensor.</summary>
    /// <param name="file">The network.</param>
    /// <param name="site">The tensor.</param>
    /// <param name="contexts">The text.</param>
    /// <param name="padding">The token that fills up shorter contexts.</param>
    /// <param name="mostRows">Rows to measure on at most.</param>
    /// <param name="hasSpecialRows">Whether rows of special tokens are replaced too.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="skippedContexts">Contexts at the beginning that are not taken, such as those that SAEs were trained on.</param>
    /// <exception cref="InvalidFileException">The network has neither logits nor an embedding, or cannot be run.</exception>
    public NetworkSplice(
        OnnxFile file, NetworkSite site, ContextReader contexts, int padding, long mostRows, bool hasSpecialRows, int threads,
        long skippedContexts = 0)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(site);
        ArgumentNullException.ThrowIfNull(contexts);
        (_site, _padding, _hasSpecialRows) = (site, padding, hasSpecialRows);
        var hasLogits = file.Graph.Outputs.Contains(Logits);
        var output = hasLogits ? Logits : file.Graph.Outputs.FirstOrDefault(name => name != site.Name)
            ?? throw new InvalidFileException(file.Path, $"has no output but '{site.Name}' itself: nothing else depends on it");

        // Few at once: logits are as wide as the vocabulary.
        const int contextsAtOnce = 8;
        var rows = 0L;
        _batches =
        [
            .. contexts.Read(new CorpusCounts()).Where(context => context.Number >= skippedContexts).TakeWhile(context =>
            {
                var isTaken = rows < mostRows;
                rows += context.Tokens.Count(IsReplaced);
                return isTaken;
            }).Chunk(contextsAtOnce),
        ];
        _whole = new NetworkSession(file, [site.Name, output], threads);
        try
        {
            _spliced = new NetworkSession(
                file, OnnxRewriter.WithReplacedTensor(file.Bytes, site.Name, InputName), [output], threads, given: [InputName]);
            _isPooled = !hasLogits;
            _mean = MeanRow();
        }
        catch
        {
            _spliced?.Dispose();
            _whole.Dispose();
            throw;
        }
    }

    /// <summary>Contexts that are measured; 0 where the text has none.</summary>
    public long Contexts => _batches.Sum(batch => (long)batch.Length);

    /// <summary>Measures reconstructions.</summary>
    /// <param name="reconstruct">Gives the rows that take the place of some rows, <c>[rows, width]</c>.</param>
    /// <param name="progress">Told the number of contexts that are done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InvalidFileException">The network fails.</exception>
    public NetworkSpliceMetrics Measure(
        Func<Matrix, Matrix> reconstruct, Action<long>? progress = null, CancellationToken cancellation = default) =>
        Measure([reconstruct], progress, cancellation)[0];

    /// <summary>Measures the reconstructions of several SAEs; what does not depend on them is computed once.</summary>
    /// <param name="reconstructions">Each gives the rows that take the place of some rows, <c>[rows, width]</c>.</param>
    /// <param name="progress">Told the number of contexts that are done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InvalidFileException">The network fails.</exception>
    public IReadOnlyList<NetworkSpliceMetrics> Measure(
        IReadOnlyList<Func<Matrix, Matrix>> reconstructions, Action<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reconstructions);
        var sums = new SpliceSums(reconstructions.Count, _isPooled);
        foreach (var batch in _batches)
        {
            var tokens = TokenBatch.Of(batch, _padding);
            using var whole = _whole.Run(tokens);
            var own = whole.Values(0).ToArray();
            int[] rows = [.. RowsOf(batch, tokens.Length)];
            var original = new Matrix(rows.Length, _site.Width);
            for (var row = 0; row < rows.Length; row++)
            {
                own.AsSpan(rows[row] * _site.Width, _site.Width).CopyTo(original.Row(row));
            }

            using (var zero = Run(tokens, own, rows, _ => new float[_site.Width]))
            using (var mean = Run(tokens, own, rows, _ => _mean))
            {
                sums.AddReferences(batch, tokens.Length, whole, output: 1, zero, mean, rows.Length);
            }

            for (var sae = 0; sae < reconstructions.Count; sae++)
            {
                cancellation.ThrowIfCancellationRequested();
                var reconstruction = reconstructions[sae](original);
                using var spliced = Run(tokens, own, rows, row => reconstruction.Row(row));
                sums.AddSpliced(sae, batch, tokens.Length, whole, output: 1, spliced);
            }

            progress?.Invoke(sums.Contexts);
        }

        return [.. Enumerable.Range(0, reconstructions.Count).Select(sums.ToMetrics)];
    }

    /// <summary>Frees both networks.</summary>
    public void Dispose()
    {
        _whole.Dispose();
        _spliced.Dispose();
    }

    private delegate ReadOnlySpan<float> RowSource(int row);

    private NetworkOutputs Run(TokenBatch tokens, float[] own, int[] rows, RowSource source)
    {
        var values = (float[])own.Clone();
        for (var row = 0; row < rows.Length; row++)
        {
            source(row).CopyTo(values.AsSpan(rows[row] * _site.Width, _site.Width));
        }

        using var given = OrtValue.CreateTensorValueFromMemory(values, [tokens.Sequences, tokens.Length, _site.Width]);
        return _spliced.Run(tokens, [(InputName, given)]);
    }

    private float[] MeanRow()
    {
        var (sums, count) = (new double[_site.Width], 0L);
        foreach (var batch in _batches)
        {
            var tokens = TokenBatch.Of(batch, _padding);
            using var outputs = _whole.Run(tokens);
            var values = outputs.Values(0);
            foreach (var row in RowsOf(batch, tokens.Length))
            {
                count++;
                for (var column = 0; column < sums.Length; column++)
                {
                    sums[column] += values[row * _site.Width + column];
                }
            }
        }

        return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, count)));
    }

    private IEnumerable<int> RowsOf(TokenContext[] batch, int length) => batch.SelectMany((context, sequence) =>
        Enumerable.Range(0, context.Tokens.Count).Where(position => IsReplaced(context.Tokens[position]))
            .Select(position => sequence * length + position));

    private bool IsReplaced(ContextToken token) => _hasSpecialRows || !token.IsSpecial;
}
