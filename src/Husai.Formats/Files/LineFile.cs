using System.Text;

namespace Husai.Formats.Files;

/// <summary>A text file that grows line by line beside a state that knows how long it was: <c>metrics.jsonl</c>.</summary>
/// <remarks>
/// A line is in the hands of the system when <see cref="Append"/> returns, and on the disk when <see cref="Flush"/> does.
/// </remarks>
/// <param name="path">The file, which need not be there.</param>
internal sealed class LineFile(string path)
{
    private bool _isBegun;

    /// <summary>Makes the file empty.</summary>
    public void Clear()
    {
        FolderLock.RequireHeld(path);
        File.WriteAllBytes(path, []);
        _isBegun = true;
    }

    /// <summary>Appends a line; its end is added.</summary>
    /// <exception cref="IOException">The file was removed after it was begun, or cannot be written to.</exception>
    public void Append(string line)
    {
        FolderLock.RequireHeld(path);
        RequireThere();
        File.AppendAllText(path, line + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        _isBegun = true;
    }

    /// <summary>Writes to the disk what was appended.</summary>
    /// <returns>The length in bytes that a power cut leaves at least; 0 if there is no file yet, and then none is made.</returns>
    /// <exception cref="IOException">The file was removed after it was begun, or cannot be written to.</exception>
    public long Flush()
    {
        RequireThere();
        if (!File.Exists(path))
        {
            return 0;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 0);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
        return stream.Length;
    }

    /// <summary>Goes back to a length that <see cref="Flush"/> returned: lines after it will be written again.</summary>
    /// <param name="length">The length in bytes.</param>
    /// <param name="warn">Takes a line of text if the file is shorter; it is then cut after its last whole line.</param>
    public void CutTo(long length, Action<string>? warn)
    {
        if (length == 0 && !File.Exists(path))
        {
            return;
        }

        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        _isBegun = true;
        if (stream.Length >= length)
        {
            stream.SetLength(length);
            return;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        warn?.Invoke($"{path}: has {bytes.Length} bytes where the training's state knows of {length}: lines are lost; the file keeps its "
            + $"first {whole} bytes");
        stream.SetLength(whole);
    }

    // Made anew, it would look whole to who reads it, without the lines before.
    private void RequireThere()
    {
        if (_isBegun && !File.Exists(path))
        {
            throw new IOException($"{path}: was removed while it was written to: what the folder held is lost");
        }
    }
}
