using Husai.Formats.Files;
using Husai.Numerics.Matrices;

namespace Husai.Autoencoders.Activations;

/// <summary>Activations of several files, whose rows follow each other.</summary>
internal sealed class JoinedActivations : IActivationSource, IDisposable
{
    private readonly IReadOnlyList<StoredActivations> _parts;

    // The first row of each part, and the number of rows.
    private readonly int[] _starts;

    /// <summary>Joins files.</summary>
    /// <param name="files">The files.</param>
    /// <exception cref="InvalidFileException">One is missing or damaged, or has rows of another width.</exception>
    public JoinedActivations(IReadOnlyList<string> files)
    {
        var parts = new List<StoredActivations>();
        try
        {
            _starts = new int[files.Count + 1];
            foreach (var file in files)
            {
                var part = new StoredActivations(file);
                parts.Add(part);
                if (part.Width != parts[0].Width)
                {
                    throw new InvalidFileException(file, $"has rows of width {part.Width}, but {files[0]} of width {parts[0].Width}");
                }

                var rows = _starts[parts.Count - 1] + (long)part.Rows;
                _starts[parts.Count] = rows <= Array.MaxLength ? (int)rows : throw new InvalidFileException(
                    file, $"is one too many: together there are more than the {Array.MaxLength} rows that can be shuffled");
            }
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }

        _parts = parts;
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

    public void Dispose()
    {
        foreach (var part in _parts)
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
