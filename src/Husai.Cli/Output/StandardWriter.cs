using System.Text;

namespace Husai.Cli.Output;

/// <summary>Standard output or standard error of the process, without a buffer.</summary>
internal sealed class StandardWriter : StreamWriter
{
    /// <summary>
    /// Fewest columns that help and tables are laid out for; narrower terminals wrap the lines themselves. In less the layout of help has
    /// no end, and numbers of tables have no room.
    /// </summary>
    public const int NarrowestLayout = 40;

    private StandardWriter(Stream stream, bool isTerminal)
        : base(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 12)
    {
        AutoFlush = true;
        IsTerminal = isTerminal;
    }

    /// <summary>Whether the writer ends in a terminal.</summary>
    public bool IsTerminal { get; }

    public static StandardWriter Output() => new(Open(StandardDescriptor.Output, Console.OpenStandardOutput), !Console.IsOutputRedirected);

    public static StandardWriter Error() => new(Open(StandardDescriptor.Error, Console.OpenStandardError), !Console.IsErrorRedirected);

    /// <summary>Columns of the terminal, or 0 if there is none.</summary>
    public int Columns()
    {
        try
        {
            return IsTerminal ? Console.WindowWidth : 0;
        }
        catch (IOException)
        {
            // The terminal has gone.
            return 0;
        }
    }

    private static Stream Open(int descriptor, Func<Stream> open) =>
        OperatingSystem.IsWindows() ? open() : new StandardDescriptor(descriptor);
}
