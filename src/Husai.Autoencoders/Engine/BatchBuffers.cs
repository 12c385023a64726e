using System.Numerics;
using System.Runtime.Intrinsics;
using Husai.Numerics.Kernels.Vectors;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Engine;

/// <summary>Working memory of a step: a few numbers for each row and coordinate, and the entries; never rows x latents.</summary>
internal sealed unsafe class BatchBuffers
{
    private const int SmallRow = 1024;
    private const int SectionsPerThread = 2;
    private const int RowsPerNarrowBlock = 32;
    private const int RowsPerWideBlock = 144;

    // Pre-activations that stay in the second-level cache beside part of the encoder.
    private const int MostPreActivations = 128 << 10;

    // Where register tiles have six rows, 32 rows cost as much as 36, and four blocks as much as 132: worth more than to have the
    // pre-activations in that cache.
    private static readonly int FewestTogether = Vector512.IsHardwareAccelerated ? 1 : 4;

    public BatchBuffers(EngineSettings settings, TrainingWeights weights, int groups, int threads)
    {
        var stride = Lanes.Padded(weights.Width);

        // By the size of the problem only, as sums are combined block by block. 256 rows are eight blocks: an even share for two, four or
        // eight threads.
        RowsPerBlock = RowsOfBlock(weights.Latents);

        // The more latents gather at a time, the fewer times the rows pass through the cache, if only there are many rows.
        LatentsPerGroup = stride * sizeof(float) > SmallRow ? 32 : settings.BatchSize >= 1024 ? 128 : 64;
        Groups = (weights.Latents + LatentsPerGroup - 1) / LatentsPerGroup;

        // Few, as each passes over all rows' entries, and two for each thread, so that one that is late leaves work to others. No sum
        // depends on it.
        var mostSections = SectionsPerThread * threads;
        GroupsPerSection = (int)BitOperations.RoundUpToPowerOf2((uint)((Groups + mostSections - 1) / mostSections));
        Sections = (Groups + GroupsPerSection - 1) / GroupsPerSection;
        Blocks = (settings.BatchSize + RowsPerBlock - 1) / RowsPerBlock;
        Centred = new Matrix(settings.BatchSize, stride);
        Residual = new Matrix(settings.BatchSize, stride);
        OutputGradient = groups == 1 ? Residual : new Matrix(checked(groups * settings.BatchSize), stride);
        GroupStride = groups == 1 ? 0 : (nint)settings.BatchSize * stride;

        // Made here: the blocks that fill it run on several threads at once.
        var auxiliaryRows = settings.AuxiliaryCoefficient > 0 || settings.RunnerUpCoefficient > 0 ? settings.BatchSize : 0;
        AuxiliaryResidual = new Matrix(checked(auxiliaryRows * (settings.AuxiliaryByLevel ? groups : 1)), stride);
        Entries = new BatchEntries(Blocks, weights.Latents, LatentsPerSection, threads);
        AuxiliaryEntries = new BatchEntries(Blocks, weights.Latents, LatentsPerSection, threads);
        Totals = [.. Enumerable.Range(0, Blocks).Select(_ => new BlockTotals(stride))];
    }

    /// <summary>From this many latents on, a block of rows is encoded in parts.</summary>
    public const int WideLatents = 8192;

    public int RowsPerBlock { get; }

    /// <summary>
    /// Blocks that one thread encodes together, so that the encoder passes through its cache fewer times. Other than a block, over which
    /// sums are taken, it may depend on the threads: no result depends on it.
    /// </summary>
    public static int BlocksTogether(int latents, int blocks, int threads)
    {
        // The most that leave no thread more to do than one block at a time would.
        var fitting = MostPreActivations / (RowsOfBlock(latents) * latents);
        var most = Math.Clamp(latents > WideLatents ? fitting : Math.Max(fitting, FewestTogether), 1, blocks);
        int Load(int together) => (blocks + together * threads - 1) / (together * threads) * together;
        return Enumerable.Range(1, most).Last(together => Load(together) == Load(1));
    }

    /// <summary>Rows that one thread encodes together in a batch of so many.</summary>
    public static int RowsTogether(int latents, int rows, int threads) =>
        RowsOfBlock(latents) * BlocksTogether(latents, (rows + RowsOfBlock(latents) - 1) / RowsOfBlock(latents), threads);

    public int Blocks { get; }

    /// <summary>Latents whose gradients one thread gathers at a time: a power of two, at least the columns of a panel.</summary>
    public int LatentsPerGroup { get; }

    public int Groups { get; }

    /// <summary><c>[rows, padded width]</c>: inputs minus decoder bias.</summary>
    public Matrix Centred { get; }

    /// <summary><c>[rows, padded width]</c>: reconstruction minus input.</summary>
    public Matrix Residual { get; }

    /// <summary><c>[groups x rows, padded width]</c>; the residual itself where there is one group.</summary>
    public Matrix OutputGradient { get; }

    public nint GroupStride { get; }

    /// <summary>
    /// <c>[rows, padded width]</c>: residual plus its reconstruction by dead latents, zeros where runners-up take their place; without
    /// rows where there is no auxiliary loss. Where nested dictionaries have a loss each, <c>[groups x rows, padded width]</c>.
    /// </summary>
    public Matrix AuxiliaryResidual { get; }

    /// <summary>Groups whose entries one thread sorts out: a power of two.</summary>
    public int GroupsPerSection { get; }

    public int LatentsPerSection => GroupsPerSection * LatentsPerGroup;

    public int Sections { get; }

    public BatchEntries Entries { get; }

    /// <summary>As <see cref="Entries"/>, of dead latents that reconstruct the residual, or of runners-up.</summary>
    public BatchEntries AuxiliaryEntries { get; }

    public BlockTotals[] Totals { get; }

    private static int RowsOfBlock(int latents) => latents > WideLatents ? RowsPerWideBlock : RowsPerNarrowBlock;
}

/// <summary>Sums over one block of rows, combined in the order of the blocks.</summary>
internal sealed unsafe class BlockTotals(int stride)
{
    private readonly Matrix _sums = new(2, stride);

    public double SquaredError { get; set; }

    public double Sparsity { get; set; }

    public double Other { get; set; }

    public double AuxiliaryError { get; set; }

    /// <summary>Squared error of the whole dictionary, whatever the loss.</summary>
    public double ResidualSquares { get; set; }

    public long Active { get; set; }

    /// <summary>Sum of the output gradients, up to their scale.</summary>
    public float* GradientSum => Parameter.Address(_sums, 0);

    /// <summary>Sum of the residuals.</summary>
    public float* ResidualSum => Parameter.Address(_sums, 1);

    public void Clear()
    {
        SquaredError = Sparsity = Other = AuxiliaryError = ResidualSquares = 0;
        Active = 0;
        _sums.Clear();
    }
}
