using System.Buffers.Binary;
using Husai.Formats.Activations;
using Husai.Formats.Files;
using Husai.Formats.Safetensors;
using Husai.Formats.Tensors;

namespace Husai.Formats.Stores;

/// <summary>
/// Writes a store shard by shard; one shard is in memory. After the end of the process, wherever it came, the same writer continues behind
/// the last shard, to the same bytes.
/// </summary>
internal sealed class ActivationStoreWriter
{
    private const int BytesOfUsualShard = 64 << 20;
    private readonly string _folder;
    private readonly StoreDescription _description;
    private readonly string _identity;
    private readonly TensorType _type;
    private readonly ShardStatistics _statistics;
    private readonly List<StoreShardRecord> _shards = [];
    private readonly byte[] _values;
    private readonly List<StoredToken> _tokens = [];

    private ActivationStoreWriter(string folder, StoreDescription description)
    {
        (_folder, _description, _identity) = (folder, description, description.Identity);
        _type = description.Type.Element();
        _statistics = new ShardStatistics(description.Width);
        _values = new byte[checked(description.RowsPerShard * description.Width * _type.Size())];
    }

    /// <summary>Rows in the store, those in memory included.</summary>
    public long Rows => _statistics.Rows + _tokens.Count;

    /// <summary>Whether the store was finished before.</summary>
    public bool IsFinished { get; private init; }

    /// <summary>Rows of a shard of a usual size, 64 MiB.</summary>
    /// <param name="width">Values for each row.</param>
    /// <param name="type">How they are kept.</param>
    public static int UsualRows(int width, StoreType type) => Math.Max(1, BytesOfUsualShard / type.Element().Size() / width);

    /// <summary>Begins a store, or continues one; its folder's lock is the caller's.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="description">What will be written.</param>
    /// <param name="vocabulary">The text of each token id, or nothing.</param>
    /// <param name="progress">Told the number of rows of the shards that were there and are checked.</param>
    /// <exception cref="InvalidFileException">The folder holds something else, or a damaged shard.</exception>
    public static ActivationStoreWriter Open(
        string folder, StoreDescription description, IReadOnlyList<string> vocabulary, Action<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(description);
        RequireFree(folder, description);
        OutputFolder.Create(folder);
        OutputFolder.RemoveTemporaryFiles(folder);
        if (!StoreDescription.IsStore(folder))
        {
            StoreVocabulary.Write(folder, vocabulary);
            description.Begun.Write(folder);
        }

        var isFinished = StoreDescription.Read(folder).Rows is not null;
        var writer = new ActivationStoreWriter(folder, description.Begun) { IsFinished = isFinished };
        if (!isFinished)
        {
            writer.TakeShards(progress);
        }

        return writer;
    }

    /// <summary>Makes sure that a store to write takes the place of nothing but an earlier attempt at the same.</summary>
    /// <param name="folder">The folder, which need not be there.</param>
    /// <param name="description">What will be written.</param>
    /// <exception cref="InvalidFileException">It would.</exception>
    public static void RequireFree(string folder, StoreDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        OutputFolder.RequireNothingElse(folder, StoreDescription.FileName);
        if (!StoreDescription.IsStore(folder))
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.safetensors").Any())
            {
                throw new InvalidFileException(folder, "holds other .safetensors files; choose another folder");
            }

            return;
        }

        if (StoreDescription.Read(folder).Begun.Identity != description.Identity)
        {
            throw new InvalidFileException(
                folder, "holds an activation store of another model, site, text or settings; choose another folder");
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">The row.</param>
    /// <param name="token">Where it comes from.</param>
    /// <exception cref="ArgumentException">The row has another width, or a value that is not finite as it would be stored.</exception>
    /// <exception cref="InvalidOperationException">The store was finished before.</exception>
    public void Append(ReadOnlySpan<float> values, StoredToken token)
    {
        RequireUnfinished();
        if (values.Length != _description.Width)
        {
            throw new ArgumentException($"a row of {values.Length} values where {_description.Width} are needed", nameof(values));
        }

        var length = values.Length * _type.Size();
        if (TensorElements.Store(_type, values, _values.AsSpan(_tokens.Count * length, length)) is >= 0 and var column)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"row {Rows} has {values[column]} in column {column}, which {_type} cannot hold as a finite number"), nameof(values));
        }

        _tokens.Add(token);
        if (_tokens.Count == _description.RowsPerShard)
        {
            WriteShard();
        }
    }

    /// <summary>Writes what is left and the description: the store is finished.</summary>
    /// <exception cref="InvalidOperationException">It was finished before.</exception>
    public StoreDescription Finish()
    {
        RequireUnfinished();
        if (_tokens.Count > 0)
        {
            WriteShard();
        }

        var finished = _description with
        {
            Rows = _statistics.Rows,
            Shards = _shards,
            Mean = _statistics.Mean,
            MeanNorm = _statistics.MeanNorm,
            Hash = ContentHash.OfText(string.Join('\n', _shards.Select(shard => shard.Hash))),
        };
        finished.Write(_folder);
        return finished;
    }

    private void RequireUnfinished()
    {
        if (IsFinished)
        {
            throw new InvalidOperationException($"{_folder}: the store is finished");
        }
    }

    // What an earlier process wrote. A last shard that is not full is written again.
    private void TakeShards(Action<long>? progress)
    {
        for (var path = NextShard(); File.Exists(path); path = NextShard())
        {
            int rows;
            using (var shard = StoreShard.Open(path, _description, _identity))
            {
                rows = shard.Rows;
            }

            if (rows != _description.RowsPerShard)
            {
                break;
            }

            var values = SafetensorsFile.Read(path, [ActivationFile.TensorName])
                .Require(ActivationFile.TensorName, rows, _description.Width);
            Record(path, rows, values.Data.Span);
            progress?.Invoke(_statistics.Rows);
        }
    }

    private void WriteShard()
    {
        var path = NextShard();
        var rows = _tokens.Count;
        var bytes = _values.AsMemory(0, rows * _description.Width * _type.Size());
        SafetensorsFile.Write(
            path,
            [
                new NamedTensor(ActivationFile.TensorName, _type, [rows, _description.Width], bytes),
                Column(StoreShard.IdsName, TensorType.Int32, token => token.Id),
                Column(StoreShard.ContextsName, TensorType.Int64, token => token.Context),
                Column(StoreShard.DocumentsName, TensorType.Int64, token => token.Document),
                Column(StoreShard.OffsetsName, TensorType.Int64, token => token.Offset),
                Column(StoreShard.PositionsName, TensorType.Int32, token => token.Position),
            ],
            new Dictionary<string, string> { [StoreShard.IdentityKey] = _identity });
        Record(path, rows, bytes.Span);
        _tokens.Clear();
    }

    private void Record(string path, int rows, ReadOnlySpan<byte> values)
    {
        _statistics.Add(_type, values);
        _shards.Add(new StoreShardRecord(Path.GetFileName(path), rows, ContentHash.OfFile(path)));
    }

    private NamedTensor Column(string name, TensorType type, Func<StoredToken, long> value)
    {
        var bytes = new byte[_tokens.Count * type.Size()];
        for (var row = 0; row < _tokens.Count; row++)
        {
            if (type == TensorType.Int32)
            {
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(row * sizeof(int)), (int)value(_tokens[row]));
            }
            else
            {
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(row * sizeof(long)), value(_tokens[row]));
            }
        }

        return new NamedTensor(name, type, [_tokens.Count], bytes);
    }

    private string NextShard() => Path.Combine(_folder, StoreShard.NameOf(_shards.Count));
}
