using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations of several files or pieces, whose rows follow each other.</summary>
internal sealed class JoinedActivations : IActivationSource, IDisposable
{
    private readonly IReadOnlyList<IActivationSource> _parts;

    // The first row of each part, and the number of rows.
    private readonly int[] _starts;

    private JoinedActivations(IReadOnlyList<IActivationSource> parts, int[] starts) => (_parts, _starts) = (parts, starts);

    /// <summary>Joins parts.</summary>
    /// <param name="parts">What is opened of each, one after the other, and its file's name for messages.</param>
    /// <exception cref="InvalidFileException">One is missing or damaged, or has rows of another width.</exception>
    public static JoinedActivations Of(IEnumerable<(string File, Func<IActivationSource> Open)> parts)
    {
        var (opened, starts) = (new List<IActivationSource>(), new List<int> { 0 });
        try
        {
            foreach (var (file, open) in parts)
            {
                opened.Add(open());
                var (part, width) = (opened[^1], opened[0].Width);
                if (part.Width != width)
                {
                    throw new InvalidFileException(file, $"has rows of width {part.Width} after rows of width {width}");
                }

                var rows = starts[^1] + (long)part.Rows;
                starts.Add(rows <= Array.MaxLength ? (int)rows : throw new InvalidFileException(
                    file, $"is one too many: together there are more than the {Array.MaxLength} rows that can be shuffled"));
            }
        }
        catch
        {
            Close(opened);
            throw;
        }

        return new JoinedActivations(opened, [.. starts]);
    }

    public int Rows => _starts[^1];

    public int Width => _parts[0].Width;

    public void CopyRows(ReadOnlySpan<int> rows, Matrix destination)
    {
        ArgumentNullException.ThrowIfNull(destination);

        // Rows of one part that follow each other in what is asked for are read together.
        Span<int> own = rows.Length <= 1024 ? stackalloc int[rows.Length] : new int[rows.Length];
        for (var done = 0; done < rows.Length;)
        {
            var part = PartOf(rows[done]);
            var count = 0;
            for (; done + count < rows.Length && rows[done + count] >= _starts[part] && rows[done + count] < _starts[part + 1]; count++)
            {
                own[count] = rows[done + count] - _starts[part];
            }

            _parts[part].CopyRows(own[..count], destination.SliceRows(done, count));
            done += count;
        }
    }

    public void Dispose() => Close(_parts);

    private static void Close(IEnumerable<IActivationSource> parts)
    {
        foreach (var part in parts.OfType<IDisposable>())
        {
            part.Dispose();
        }
    }

    private int PartOf(int row)
    {
        if (row < 0 || row >= Rows)
        {
            throw new ArgumentOutOfRangeException(nameof(row), $"row {row} of [{Rows}, {Width}]");
        }

        // Of parts without rows the last one begins where the next does.
        var place = Array.BinarySearch(_starts, row);
        for (place = place < 0 ? ~place - 1 : place; _starts[place + 1] == _starts[place]; place++)
        {
        }

        return place;
    }
}
