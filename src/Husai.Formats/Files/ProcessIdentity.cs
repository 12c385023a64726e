using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Husai.Formats.Files;

/// <summary>A process among all that there are or have been on machines that share a folder.</summary>
/// <param name="Host">Name of its machine.</param>
/// <param name="Machine">The machine's own number, or empty: it outlives a restart.</param>
/// <param name="Boot">The machine's start and the space in which process numbers are unique: processes that share it see each
/// other.</param>
/// <param name="ProcessId">Its number.</param>
/// <param name="StartKey">When it started, in the system's own count: tells it from a later process with its number.</param>
/// <param name="Started">When it started, for readers, UTC.</param>
internal sealed record ProcessIdentity(string Host, string Machine, string Boot, int ProcessId, string StartKey, string Started)
{
    // Of the fields after the name.
    private const int StartField = 19;

    /// <summary>This process.</summary>
    public static ProcessIdentity This { get; } = OfThis();

    /// <summary>Whether the process has ended; null if that cannot be told from here.</summary>
    public bool? IsGone()
    {
        if (Host != This.Host)
        {
            return null;
        }

        if (Boot != This.Boot)
        {
            // The same machine after a restart; else another space of process numbers, or another machine with the same name.
            return Machine.Length > 0 && Machine == This.Machine && MachineStart(Boot) != MachineStart(This.Boot) ? true : null;
        }

        return StartKeyOf(ProcessId) != StartKey;
    }

    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} on {Host}, started {Started}");

    private static ProcessIdentity OfThis()
    {
        using var process = Process.GetCurrentProcess();
        return new ProcessIdentity(
            Environment.MachineName, ReadText("/etc/machine-id"), $"{ReadText("/proc/sys/kernel/random/boot_id")} {Namespace()}".Trim(),
            process.Id, StartKeyOf(process.Id) ?? "",
            process.StartTime.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
    }

    private static string MachineStart(string boot) => boot.Split(' ')[0];

    // Null if there is no such process, or only what a parent has not yet asked the end of.
    private static string? StartKeyOf(int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            try
            {
                using var process = Process.GetProcessById(processId);
                return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
            {
                return null;
            }
        }

        // The name, in brackets, may hold anything; the fields after it are numbers and one letter.
        var text = ReadText(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat"));
        var fields = text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StartField && fields[0] is not ("Z" or "X") ? fields[StartField] : null;
    }

    private static string Namespace()
    {
        try
        {
            return File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
