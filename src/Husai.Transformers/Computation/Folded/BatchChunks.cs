namespace Husai.Transformers.Computation.Folded;

/// <summary>
/// How the rows of a batch are cut: into strands, whose sums are added in order at the end, and these into chunks that stay in a thread's
/// cache. The cut depends on the number of rows alone, so that no sum depends on the number of threads.
/// </summary>
internal sealed class BatchChunks
{
    // 128 rows of some 640 floats are a third of a second-level cache of 1 MB.
    private const int MostRows = 128;
    private const int RowsOfStrand = 384;
    private const int MostStrands = 64;

    private readonly int _rows;
    private readonly int _strandRows;
    private readonly int _chunkRows;
    private readonly int _chunksOfStrand;

    public BatchChunks(int rows)
    {
        _rows = rows;
        _strandRows = Parts(rows, Math.Clamp(rows / RowsOfStrand, 1, MostStrands));
        _chunksOfStrand = Parts(_strandRows, MostRows);
        _chunkRows = Parts(_strandRows, _chunksOfStrand);
        Strands = Parts(rows, _strandRows);
        Count = Strands * _chunksOfStrand;
    }

    public int Strands { get; }

    /// <summary>Chunks of all strands; the last ones may be empty.</summary>
    public int Count { get; }

    /// <summary>The chunks of a strand, in order.</summary>
    public (int First, int End) OfStrand(int strand) => (strand * _chunksOfStrand, (strand + 1) * _chunksOfStrand);

    /// <summary>The rows of a chunk.</summary>
    public (int First, int End) Rows(int chunk)
    {
        var strand = chunk / _chunksOfStrand;
        var end = Math.Min(_rows, (strand + 1) * _strandRows);
        var first = Math.Min(end, strand * _strandRows + chunk % _chunksOfStrand * _chunkRows);
        return (first, Math.Min(end, first + _chunkRows));
    }

    private static int Parts(int length, int part) => Math.Max(1, (length + part - 1) / part);
}
