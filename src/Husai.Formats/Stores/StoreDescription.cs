using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Husai.Formats.Files;
using Husai.Formats.Tensors;

namespace Husai.Formats.Stores;

/// <summary>The content of a store's <c>store.json</c>.</summary>
internal sealed record StoreDescription
{
    /// <summary>The file in a store's folder.</summary>
    public const string FileName = "store.json";

    /// <summary>What the file says that it is.</summary>
    public const string FormatName = "husai activation store";

    /// <summary>The version that is written and read.</summary>
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>What the file is: <see cref="FormatName"/>.</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Values for each row.</summary>
    public required int Width { get; init; }

    /// <summary>How the values are stored.</summary>
    public required StoreType Type { get; init; }

    /// <summary>Rows of every shard but the last.</summary>
    public required int RowsPerShard { get; init; }

    /// <summary>What the activations are.</summary>
    public required StoreSource Source { get; init; }

    /// <summary>Number of rows; null while the store is being written.</summary>
    public long? Rows { get; init; }

    /// <summary>The shards, in order; null while the store is being written.</summary>
    public IReadOnlyList<StoreShardRecord>? Shards { get; init; }

    /// <summary>Mean of the stored rows.</summary>
    public IReadOnlyList<double>? Mean { get; init; }

    /// <summary>Mean of the stored rows' norms.</summary>
    public double? MeanNorm { get; init; }

    /// <summary>SHA-256 of the hashes of the shards: of all that the store holds.</summary>
    public string? Hash { get; init; }

    /// <summary>What a store is written from, without what it holds: equal for two that will be equal.</summary>
    internal StoreDescription Begun => this with { Rows = null, Shards = null, Mean = null, MeanNorm = null, Hash = null };

    /// <summary>A hash of what the store is written from. Every shard carries it: none is taken for that of another store.</summary>
    internal string Identity => ContentHash.OfText(Begun.ToText());

    /// <summary>Whether a path is a folder with a store, finished or not.</summary>
    public static bool IsStore(string path) => File.Exists(Path.Combine(path, FileName));

    /// <summary>Reads a store's description, whether the store is finished or not.</summary>
    /// <param name="folder">The store.</param>
    /// <exception cref="InvalidFileException">It is missing, damaged, or of another version.</exception>
    public static StoreDescription Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, FileName);
        try
        {
            var description = JsonSerializer.Deserialize<StoreDescription>(
                TextFile.Read(path, TextFile.LongestResult, "a store's description"), Json);
            return description switch
            {
                null or not { Format: FormatName } => throw new InvalidFileException(path, "describes no activation store"),
                { Version: not CurrentVersion } => throw new InvalidFileException(
                    path, $"is of version {description.Version}; version {CurrentVersion} can be read"),
                { Width: < 1 } or { RowsPerShard: < 1 } or { Rows: not null, Shards: null } or { Rows: null, Shards: not null } =>
                    throw new InvalidFileException(path, "contradicts itself"),
                _ when description.Shards is { } shards && !AreWhole(description, shards) =>
                    throw new InvalidFileException(path, "lists shards whose rows do not add up"),
                _ => description,
            };
        }
        catch (JsonException error)
        {
            throw new InvalidFileException(path, $"is damaged: {error.Message.Split(" Path:")[0].Split(" LineNumber:")[0]}", error);
        }
    }

    internal void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), ToText());

    private string ToText() => JsonSerializer.Serialize(this, Json) + "\n";

    private static bool AreWhole(StoreDescription description, IReadOnlyList<StoreShardRecord> shards) =>
        shards.Sum(shard => shard.Rows) == description.Rows && shards.All(shard => shard.Rows > 0)
            && shards.Take(Math.Max(0, shards.Count - 1)).All(shard => shard.Rows == description.RowsPerShard)
            && (shards.Count == 0 || shards[^1].Rows <= description.RowsPerShard);
}

/// <summary>A shard of a finished store.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Hash">SHA-256 of the file.</param>
internal sealed record StoreShardRecord(string File, int Rows, string Hash);
