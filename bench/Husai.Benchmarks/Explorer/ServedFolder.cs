using System.Diagnostics;
using System.Globalization;

namespace Husai.Benchmarks.Explorer;

/// <summary>A process of <c>husai serve</c>.</summary>
internal sealed class ServedFolder : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;

    public ServedFolder(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "husai.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", folder, "--port", "0"])
        {
            RedirectStandardOutput = true,
        })!;
        var address = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("husai serve printed no address");
        _client = new HttpClient { BaseAddress = new Uri(address.Trim()) };
    }

    /// <summary>Seconds until the last byte of a page.</summary>
    public double Time(string link)
    {
        var start = Stopwatch.GetTimestamp();
        _client.GetStringAsync(new Uri(link, UriKind.Relative)).GetAwaiter().GetResult();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Largest memory of the process so far.</summary>
    public long PeakMegabytes()
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status"))
            .First(text => text.StartsWith("VmHWM", StringComparison.Ordinal));
        var kilobytes = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024 / 1_000_000;
    }

    public void Dispose()
    {
        _client.Dispose();
        _process.Kill();
        _process.Dispose();
    }
}
