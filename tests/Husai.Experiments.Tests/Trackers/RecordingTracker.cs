namespace Husai.Experiments.Tests;

/// <summary>Keeps what it is told.</summary>
internal sealed class RecordingTracker : ITracker
{
    public List<int> ExitCodes { get; } = [];

    public List<(string Line, bool IsError)> Output { get; } = [];

    public List<RecordedImage> Images { get; } = [];

    public void Log(long step, IReadOnlyDictionary<string, double> metrics)
    {
    }

    public void LogHistogram(long step, string name, ReadOnlySpan<float> values)
    {
    }

    public void LogImage(long step, string name, int width, int height, ReadOnlySpan<byte> pixels) =>
        Images.Add(new RecordedImage(step, name, width, height, pixels.ToArray()));

    public void LogOutput(string line, bool isError = false) => Output.Add((line, isError));

    public void Summary(IReadOnlyDictionary<string, double> values)
    {
    }

    public void Finish(int exitCode) => ExitCodes.Add(exitCode);

    public void Dispose()
    {
    }
}

internal sealed record RecordedImage(long Step, string Name, int Width, int Height, byte[] Pixels)
{
    /// <summary>The colour at a pixel, as 0xRRGGBB.</summary>
    public int this[int x, int y]
    {
        get
        {
            var at = 3 * (y * Width + x);
            return Pixels[at] << 16 | Pixels[at + 1] << 8 | Pixels[at + 2];
        }
    }

    /// <summary>Pixels of a colour in a column.</summary>
    public int CountInColumn(int x, int colour) => Enumerable.Range(0, Height).Count(y => this[x, y] == colour);
}
