using System.Buffers;
using Husai.Formats.Files;
using Husai.Formats.Tensors;
using Husai.Numerics.Matrices;

namespace Husai.Formats.Stores;

/// <summary>A finished store of activations: a folder of shards with <c>store.json</c>. It may be larger than memory.</summary>
/// <remarks>
/// Reading is safe from several threads at once. Rows are read into memory of the reader's own, not mapped: what was read long ago does not
/// count as memory of the process, and a shard that is shortened meanwhile is an error.
/// </remarks>
internal sealed class ActivationStore : IDisposable
{
    // Rows that are read in one call at most.
    private const int LongestRead = 1 << 20;
    private readonly StoreShard[] _shards;

    private ActivationStore(string folder, StoreDescription description, StoreShard[] shards) =>
        (Folder, Description, _shards) = (folder, description, shards);

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What the store holds.</summary>
    public StoreDescription Description { get; }

    /// <summary>Number of rows.</summary>
    public long Rows => Description.Rows!.Value;

    /// <summary>Values for each row.</summary>
    public int Width => Description.Width;

    /// <summary>Number of shards.</summary>
    public int Shards => _shards.Length;

    /// <summary>Opens a store and looks at the beginning of each shard.</summary>
    /// <param name="folder">The store.</param>
    /// <exception cref="InvalidFileException">It is not finished, or a shard is missing, damaged, or of another store.</exception>
    public static ActivationStore Open(string folder)
    {
        var description = StoreDescription.Read(folder);
        if (description.Shards is not { } records)
        {
            throw new InvalidFileException(
                folder, "is an unfinished activation store: run the command that writes it again, and it continues");
        }

        var shards = new List<StoreShard>();
        try
        {
            var identity = description.Identity;
            foreach (var record in records)
            {
                // A name with a path would read files elsewhere.
                if (record.File != StoreShard.NameOf(shards.Count))
                {
                    throw new InvalidFileException(
                        Path.Combine(folder, StoreDescription.FileName),
                        $"names a shard '{record.File}' where '{StoreShard.NameOf(shards.Count)}' is due");
                }

                shards.Add(StoreShard.Open(Path.Combine(folder, record.File), description, identity));
                if (shards[^1].Rows != record.Rows)
                {
                    throw new InvalidFileException(shards[^1].Path, $"holds {shards[^1].Rows} rows where {record.Rows} are due");
                }
            }

            return new ActivationStore(folder, description, [.. shards]);
        }
        catch
        {
            shards.ForEach(shard => shard.Dispose());
            throw;
        }
    }

    /// <summary>Copies chosen rows, in the order given; a row may be given twice. Rows that follow each other are read together.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="destination">Receives them; [rows.Length, <see cref="Width"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">One of the rows does not exist.</exception>
    /// <exception cref="InvalidFileException">A shard became shorter.</exception>
    public void CopyTo(ReadOnlySpan<int> rows, Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (destination.Rows != rows.Length || destination.Columns != Width)
        {
            throw new ArgumentException(
                $"destination is {destination.Shape} where [{rows.Length}, {Width}] is needed", nameof(destination));
        }

        var rowBytes = Width * Description.Type.Element().Size();
        var most = Math.Clamp(LongestRead / rowBytes, 1, Math.Max(1, rows.Length));
        var memory = ArrayPool<byte>.Shared.Rent(most * rowBytes);
        try
        {
            for (var done = 0; done < rows.Length;)
            {
                var (shard, first) = Math.DivRem(rows[done], Description.RowsPerShard);
                if (rows[done] < 0 || rows[done] >= Rows)
                {
                    throw new ArgumentOutOfRangeException(nameof(rows), $"row {rows[done]} of [{Rows}, {Width}]");
                }

                var count = 1;
                while (done + count < rows.Length && rows[done + count] == rows[done] + count && count < most
                    && first + count < _shards[shard].Rows)
                {
                    count++;
                }

                _shards[shard].CopyTo(first, destination.SliceRows(done, count), memory);
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
        }
    }

    /// <summary>Copies consecutive rows, of which there may be more than an array can hold.</summary>
    /// <param name="first">The first row to copy.</param>
    /// <param name="destination">Receives as many rows as it has; [count, <see cref="Width"/>].</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another width.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The rows do not all exist.</exception>
    /// <exception cref="InvalidFileException">A shard became shorter.</exception>
    public void CopyTo(long first, Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (destination.Columns != Width)
        {
            throw new ArgumentException(
                $"destination is {destination.Shape} where [{destination.Rows}, {Width}] is needed", nameof(destination));
        }

        if (first < 0 || first > Rows - destination.Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(first), $"rows {first} to {first + destination.Rows} of [{Rows}, {Width}]");
        }

        var rowBytes = Width * Description.Type.Element().Size();
        var most = Math.Clamp(LongestRead / rowBytes, 1, Math.Max(1, destination.Rows));
        var memory = ArrayPool<byte>.Shared.Rent(most * rowBytes);
        try
        {
            for (var done = 0; done < destination.Rows;)
            {
                var (shard, row) = Math.DivRem(first + done, Description.RowsPerShard);
                var count = Math.Min(Math.Min(most, destination.Rows - done), _shards[shard].Rows - (int)row);
                _shards[shard].CopyTo((int)row, destination.SliceRows(done, count), memory);
                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(memory);
        }
    }

    /// <summary>Says of each row of a shard which token it is.</summary>
    /// <param name="shard">Which shard, from 0 on; its first row is that number times <see cref="StoreDescription.RowsPerShard"/>.</param>
    public IReadOnlyList<StoredToken> ReadTokens(int shard) => _shards[shard].ReadTokens();

    /// <summary>The text of each token id; empty where the store was written without a tokenizer.</summary>
    /// <exception cref="InvalidFileException">The file of the texts is damaged.</exception>
    public IReadOnlyList<string> ReadVocabulary() => StoreVocabulary.Read(Folder);

    /// <summary>Reads all shards and compares their hashes.</summary>
    /// <param name="progress">Told the number of shards that are done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="InvalidFileException">A shard was changed.</exception>
    public void Verify(Action<int>? progress = null, CancellationToken cancellation = default)
    {
        for (var shard = 0; shard < _shards.Length; shard++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ContentHash.OfFile(_shards[shard].Path) != Description.Shards![shard].Hash)
            {
                throw new InvalidFileException(_shards[shard].Path, "is damaged: its hash is not that of store.json");
            }

            progress?.Invoke(shard + 1);
        }
    }

    /// <summary>Closes the shards.</summary>
    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }
    }
}
