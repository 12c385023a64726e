using System.Globalization;

namespace Husai.Formats.Files;

/// <summary>Another process works in a folder, or has taken it over from this one.</summary>
public sealed class FolderInUseException : IOException
{
    /// <summary>Names who is at work.</summary>
    /// <param name="message">One line: the folder, the process, what to do.</param>
    public FolderInUseException(string message)
        : base(message)
    {
    }

    internal static FolderInUseException HeldBy(string folder, ProcessIdentity? holder, TimeSpan? silence)
    {
        var who = holder is null ? "another process of this host" : holder.Describe();
        var takeOver = silence is { } time
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; its last sign of life is {Math.Max(0, time.TotalSeconds):0} s old, and after {FolderLock.Expiry.TotalSeconds:0} s the "
                    + $"folder is taken over")
            : "";
        return new FolderInUseException($"{folder}: in use by another run ({who}{takeOver}); wait for it, or choose another folder");
    }

    internal static FolderInUseException TakenOverBy(string folder, ProcessIdentity? holder) => new(
        $"{folder}: was taken over by another run ({holder?.Describe() ?? "an unknown process"}); this one writes nothing more into it");
}
