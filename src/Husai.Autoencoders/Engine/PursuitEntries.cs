using Husai.Numerics.Kernels;

namespace Husai.Autoencoders.Engine;

/// <summary>
/// The steps of matching pursuit on a batch, each in a place of its own: number of its row x steps of a row + number of the step. By
/// latent, in order of place, they are the entries from which a latent's gradient is gathered.
/// </summary>
/// <param name="latents">Latents of the dictionary.</param>
internal sealed unsafe class PursuitEntries(int latents)
{
    private readonly PinnedBuffer<int> _latents = new();
    private readonly PinnedBuffer<float> _values = new();
    private readonly PinnedBuffer<float> _slopes = new();
    private readonly PinnedBuffer<int> _taken = new();
    private readonly PinnedBuffer<RowWeights> _sorted = new();
    private readonly int[] _starts = new int[latents + 1];
    private readonly int[] _positions = new int[latents];

    /// <summary>Places of a row.</summary>
    public int StepsOfRow { get; private set; }

    /// <summary>Latent of each place.</summary>
    public int* Latents => _latents.Pointer;

    /// <summary>Value of each place: product of what was left of the row, and the latent's row.</summary>
    public float* Values => _values.Pointer;

    /// <summary>Product of each place's gradient and the latent's row.</summary>
    public float* Slopes => _slopes.Pointer;

    /// <summary>Steps that each row took.</summary>
    public int* Taken => _taken.Pointer;

    /// <summary>The entries, latent by latent: the weights of the gradient after the step, and of what was left before it.</summary>
    public RowWeights* Sorted => _sorted.Pointer;

    /// <summary>Makes room for a batch.</summary>
    public void Begin(int rows, int stepsOfRow)
    {
        StepsOfRow = stepsOfRow;
        var places = (long)rows * stepsOfRow;
        _latents.Reserve(places);
        _values.Reserve(places);
        _slopes.Reserve(places);
        _sorted.Reserve(places);
        _taken.Reserve(rows);
    }

    /// <summary>First entry of a latent; after the last latent, the number of entries.</summary>
    public int Start(int latent) => _starts[latent];

    /// <summary>Sorts the places of all rows by latent.</summary>
    public void Sort(int rows)
    {
        Array.Clear(_starts);
        for (var row = 0; row < rows; row++)
        {
            for (var place = row * StepsOfRow; place < row * StepsOfRow + Taken[row]; place++)
            {
                _starts[Latents[place] + 1]++;
            }
        }

        for (var latent = 0; latent < latents; latent++)
        {
            _positions[latent] = _starts[latent];
            _starts[latent + 1] += _starts[latent];
        }

        for (var row = 0; row < rows; row++)
        {
            for (var place = row * StepsOfRow; place < row * StepsOfRow + Taken[row]; place++)
            {
                Sorted[_positions[Latents[place]]++] = new RowWeights(place, -Values[place], -Slopes[place]);
            }
        }
    }

    /// <summary>Latents that a row chose, each counted once.</summary>
    public int CountActive(int row)
    {
        var active = 0;
        var chosen = new ReadOnlySpan<int>(Latents + (nint)row * StepsOfRow, Taken[row]);
        for (var step = 0; step < chosen.Length; step++)
        {
            active += chosen[..step].Contains(chosen[step]) ? 0 : 1;
        }

        return active;
    }
}
