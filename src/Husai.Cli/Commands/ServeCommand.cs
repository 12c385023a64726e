using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Husai.Cli.Hosting;
using Husai.Cli.Output;
using Husai.Experiments.Folders;
using Husai.Explorer.Export;
using Husai.Explorer.Hosting;
using Spectre.Console;

namespace Husai.Cli.Commands;

/// <summary><c>husai serve</c>: runs, SAEs and latents in a browser.</summary>
internal sealed class ServeCommand : HusaiCommand
{
    private const int DefaultPort = 8790;
    private const int DefaultLatents = 20;

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

    private readonly Option<string?> _cache = new("--cache")
    {
        Description = "The explorer's own folder, for what is computed on demand; it lies outside the folders that are shown "
            + "[default: husai/explorer in the user's folder for caches]",
        HelpName = "DIR",
    };

    private readonly Option<string?> _export = new("--export")
    {
        Description = "Write the pages of one study as files that open from disk, in place of serving them",
        HelpName = "DIR",
    };

    private readonly Option<int?> _latents = NumberOption.Create(
        "--latents", $"With --export: latents of each SAE that have a page, those that fire most often [default: {DefaultLatents}]", 0,
        ExportRequest.MostLatents);

    private readonly Option<bool> _open = new("--open") { Description = "Open the browser" };

    public ServeCommand()
        : base(
            "serve", "Show runs, SAEs and latents in a browser, while they run and after", "husai serve", "husai serve runs --open",
            "husai serve /shared/runs --listen 0.0.0.0 --port 9000", "husai serve runs/quickstart --export pages --latents 50")
    {
        Arguments.Add(_folders);
        Options.Add(_port);
        Options.Add(_listen);
        Options.Add(_cache);
        Options.Add(_open);
        Options.Add(_export);
        Options.Add(_latents);
    }

    // Nothing is to be saved; requests at work are ended in good order.
    public override bool SavesWhenInterrupted => true;

    public override int Run(CommandContext context)
    {
        if (context.Get(_export) is { } output)
        {
            Export(context, output);
        }
        else if (context.Get(_latents) is not null)
        {
            throw new BadInputException($"{_latents.Name} says how much is exported; name a folder with {_export.Name} {_export.HelpName}");
        }
        else
        {
            Serve(context).GetAwaiter().GetResult();
        }

        return ExitCode.Success;
    }

    private void Export(CommandContext context, string output)
    {
        if (context.Get(_listen) is not null || context.Get(_port) is not null || context.Get(_open))
        {
            throw new BadInputException(
                $"{_export.Name} writes files and serves nothing: leave out {_listen.Name}, {_port.Name} and {_open.Name}");
        }

        var options = OptionsOf(context);
        if (options.Folders is not [var study])
        {
            throw new BadInputException($"{_export.Name} takes the folder of one study, not {options.Folders.Count} folders");
        }

        using var progress = context.Output.Stages();
        var written = StudyExport.Write(
            new ExportRequest
            {
                Study = study,
                Output = output,
                Latents = context.Get(_latents) ?? DefaultLatents,
                Cache = options.Cache,
                Workers = context.Workers,
                Progress = progress.Report,
            },
            TimeProvider.System, context.Cancellation);
        context.Output.Result(
            new
            {
                Output = output,
                written.Pages,
                written.Bytes,
                written.Latents,
                written.SaesLeftOut,
                written.PairsLeftOut,
                written.Problems,
            },
            console => console.Write(Tables.Create(console, "pages of a study", output)
                .AddTextRow("pages", Text(written.Pages))
                .AddTextRow("megabytes", (written.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture))
                .AddTextRow("latents of each SAE", Text(written.Latents))
                .AddTextRow("SAEs without a page", Text(written.SaesLeftOut))
                .AddTextRow("pairs without a page", Text(written.PairsLeftOut))
                .AddTextRow("pages that only say what is wrong", Text(written.Problems))));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

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

        string[] shown = [.. given.Select(folder => folder.ToString())];
        var cache = context.Get(_cache) ?? ExplorerCache.UsualFolder;
        var isShown = cache is not null && ExplorerCache.LiesIn(cache, shown);
        if (isShown && context.Get(_cache) is not null)
        {
            throw new BadInputException($"--cache is '{cache}', which lies in a folder that is shown; name one outside of it");
        }

        return new ExplorerOptions
        {
            Folders = shown,
            Cache = isShown ? null : cache,
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
