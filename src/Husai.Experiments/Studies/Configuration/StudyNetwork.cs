using Husai.Formats.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Husai.Formats.Files;
using Husai.Formats.Stores;
using Husai.Networks.Extraction;
using Husai.Networks.Sites;

namespace Husai.Experiments.Studies.Configuration;

/// <summary>A network of a study in an ONNX file, the text that it reads, and the sites at which SAEs are trained.</summary>
internal sealed record StudyNetwork
{
    private static readonly ExtractionOptions Usual = new();

    /// <summary>Its name, unique in the study.</summary>
    [Description("Name, unique in the study")]
    [RegularExpression(StudyNames.Pattern)]
    public required string Name { get; init; }

    /// <summary>The network; a full path once the study is read.</summary>
    [Description("Network in an ONNX file, relative to the study's file")]
    public required string Model { get; init; }

    /// <summary>The tokenizer; a full path once the study is read.</summary>
    [Description("Tokenizer, relative to the study's file; the one beside the model if not given")]
    public string? Tokenizer { get; init; }

    /// <summary>The text; a full path once the study is read.</summary>
    [Description("Text that the network reads, or token ids as .npy, relative to the study's file")]
    public required string Text { get; init; }

    /// <summary>Field of a .jsonl file that holds the text; null for its usual name.</summary>
    [Description("Field of a .jsonl file that holds the text; 'text' if not given")]
    public string? Field { get; init; }

    /// <summary>What is a document of a .txt file.</summary>
    [Description("What is a document of a .txt file: each line, or the file")]
    public DocumentUnit Document { get; init; }

    /// <summary>The sites.</summary>
    [Description("Sites that SAEs are trained on: short names such as resid_post.3, or names of tensors")]
    [MinLength(1, ErrorMessage = "{0} must name at least one site")]
    public required IReadOnlyList<string> Sites { get; init; }

    /// <summary>Most tokens of a context, special ones included.</summary>
    [Description("Most tokens that the network reads together, special ones included")]
    [Range(1, 1 << 20)]
    public int Context { get; init; } = Usual.ContextLength;

    /// <summary>Whether documents follow each other in full contexts.</summary>
    [Description("Fill each context with as many documents as fit; else each document has a context of its own, and its rest is cut")]
    public bool Packed { get; init; }

    /// <summary>Which tokens have a row.</summary>
    [Description("Which tokens have a row: those of the text, all, the last of the text, or one row for each context, the mean of all")]
    public RowSelection Rows { get; init; }

    /// <summary>Rows to stop after.</summary>
    [Description("Rows to stop after; there are fewer where the text ends before")]
    [Range(2, int.MaxValue)]
    public int MaxRows { get; init; } = 300_000;

    /// <summary>Contexts that the network reads at once.</summary>
    [Description("Contexts that the network reads at once")]
    [Range(1, 4096)]
    public int Batch { get; init; } = Usual.Batch;

    /// <summary>How values are kept.</summary>
    [Description("How the stores keep values")]
    [JsonPropertyName("dtype")]
    public StoreType Type { get; init; }

    /// <summary>Rows of a shard; null for shards of 64 MiB.</summary>
    [Description("Rows of a shard of a store; one shard of each site is in memory. As many as 64 MiB hold if not given")]
    [Range(1, 1 << 24)]
    public int? ShardRows { get; init; }

    /// <summary>How its randomised copy is made, where the study has that control.</summary>
    [Description("How its randomised copy is made, where the study has that control")]
    public NetworkRandomisation Randomise { get; init; } = new();

    /// <summary>What was found in the files; null before the study is read.</summary>
    [Description("What was found in the files when the study began; the program writes it into the study's folder, and computes anew "
        + "what it depends on where it changes")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FoundNetwork? Found { get; init; }

    /// <summary>What kind of control it is; null for a network that the study names itself.</summary>
    [JsonIgnore]
    public StudyControl? Control { get; internal init; }

    /// <summary>The folder of each site.</summary>
    internal IReadOnlyList<string> Folders => [.. Sites.Select(SiteNames.FolderOf)];

    /// <summary>What is extracted.</summary>
    internal ExtractionRequest Request() => new()
    {
        Model = Model,
        Tokenizer = Tokenizer,
        Text = Text,
        Field = Field,
        Document = Document,
        Sites = Sites,
        Options = Usual with
        {
            ContextLength = Context,
            IsPacked = Packed,
            Rows = Rows,
            MostRows = MaxRows,
            Batch = Batch,
            Type = Type,
            RowsPerShard = ShardRows,
        },
    };

    /// <summary>Opens the files.</summary>
    /// <param name="threads">Threads to use.</param>
    /// <exception cref="InvalidFileException">They are missing or damaged, do not fit each other, or lack a site.</exception>
    internal ActivationExtraction Open(int threads)
    {
        try
        {
            var extraction = Request().Open(threads);
            return extraction.Sites.Count == Sites.Count && !StudyNames.Repeated(Folders).Any()
                ? extraction
                : throw new InvalidFileException(Model, $"has the sites {string.Join(", ", Sites)}, but two of them are one");
        }
        catch (ArgumentException error)
        {
            throw new InvalidFileException(Model, FailureText.OneLine(error), error);
        }
    }

    /// <summary>All that decides the results, wherever the files lie.</summary>
    internal StudyNetwork WithoutPaths() => this with { Model = "", Tokenizer = null, Text = "" };
}
