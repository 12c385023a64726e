using System.Net;

namespace Husai.Explorer.Hosting;

/// <summary>What the explorer shows, and where it listens.</summary>
public sealed record ExplorerOptions
{
    /// <summary>The folders that are shown; nothing outside them is.</summary>
    public required IReadOnlyList<string> Folders { get; init; }

    /// <summary>The address to listen on. Default: this machine alone.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>What a browser must know to see anything; null for no such thing, which only suits this machine alone.</summary>
    public string? Token { get; init; }

    /// <summary>The explorer's own folder, for what it computes; null for none. It is made when it is needed.</summary>
    public string? Cache { get; init; }
}
