namespace Husai.Formats.Files;

/// <summary>What stands at a path.</summary>
internal enum PathKind
{
    /// <summary>Nothing that can be told: nothing stands there, or the system does not say.</summary>
    Unknown,

    /// <summary>A file with content of its own.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A pipe or a socket: who opens one waits for another process, maybe for ever.</summary>
    Pipe,

    /// <summary>A device: a terminal waits for its user, others have no end.</summary>
    Device,
}
