using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Husai.Cli.Hosting;
using Husai.Experiments.Folders;
using Husai.Explorer.Hosting;
using Spectre.Console;

namespace Husai.Cli.Commands;

/// <summary><c>husai serve</c>: runs, SAEs and latents in a browser.</summary>
internal sealed class ServeCommand : HusaiCommand
{
    private const int DefaultPort = 8790;

    private readonly Argument<DirectoryInfo[]> _folders = new("FOLDER")
    {
        Description = $"Folders with runs; nothing outside them is shown [default: {RunFolders.DefaultRoot}]",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _port = NumberOption.Create(
        "--port", $"Port to listen on; 0 takes any that is free [default: {DefaultPort}]", 0, 65_535);

    private readonly Option<string?> _listen = new("--listen")
    {
        Description = "Address to listen on in place of this machine alone; a browser then needs the token that is printed",
        HelpName = "ADDRESS",
    };

    private readonly Option<bool> _open = new("--open") { Description = "Open the browser" };

    public ServeCommand()
        : base(
            "serve", "Show runs, SAEs and latents in a browser, while they run and after", "husai serve", "husai serve runs --open",
            "husai serve /shared/runs --listen 0.0.0.0 --port 9000")
    {
        Arguments.Add(_folders);
        Options.Add(_port);
        Options.Add(_listen);
        Options.Add(_open);
    }

    // Nothing is to be saved; requests at work are ended in good order.
    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        Serve(context).GetAwaiter().GetResult();
        return ExitCode.Success;
    }

    private async Task Serve(CommandContext context)
    {
        var options = OptionsOf(context);
        var server = await Start(options, context).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            var address = options.Token is { } token ? new Uri(server.Address, $"/?token={token}") : server.Address;
            context.Output.Result(new { Address = address, options.Folders }, console => console.WriteLine(address.ToString()));
            context.Output.Note("Ctrl-C ends it");
            if (context.Get(_open))
            {
                Open(address, context);
            }

            await Task.Delay(Timeout.Infinite, context.Cancellation).ContinueWith(_ => { }, TaskScheduler.Default).ConfigureAwait(false);
        }
    }

    private ExplorerOptions OptionsOf(CommandContext context)
    {
        var given = context.Get(_folders) is { Length: > 0 } folders ? folders : [new DirectoryInfo(RunFolders.DefaultRoot)];
        if (given.FirstOrDefault(folder => !folder.Exists) is { } missing)
        {
            throw new BadInputException($"{missing}: there is no such folder; name one that holds runs");
        }

        var address = IPAddress.Loopback;
        if (context.Get(_listen) is { } text && !IPAddress.TryParse(text, out address!))
        {
            throw new BadInputException($"--listen is '{text}' where an address such as 0.0.0.0 is needed");
        }

        return new ExplorerOptions
        {
            Folders = [.. given.Select(folder => folder.ToString())],
            Address = address,
            Port = context.Get(_port) ?? DefaultPort,
            Token = context.Get(_listen) is null ? null : AccessToken.Create(),
        };
    }

    private static async Task<ExplorerServer> Start(ExplorerOptions options, CommandContext context)
    {
        try
        {
            return await ExplorerServer.StartAsync(options, context.Workers, TimeProvider.System).ConfigureAwait(false);
        }
        catch (PortInUseException error)
        {
            throw new BadInputException(error.Message);
        }
    }

    private static void Open(Uri address, CommandContext context)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true });
        }
        catch (Win32Exception error)
        {
            context.Output.Note($"no browser could be opened: {error.Message}");
        }
    }
}
