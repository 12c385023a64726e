using System.Net;
using System.Net.Sockets;
using Husai.Numerics.Parallelism;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Husai.Explorer.Hosting;

/// <summary>
/// The web server behind <c>husai serve</c>. It takes nothing from the environment, and writes nothing but into its cache.
/// </summary>
public sealed class ExplorerServer : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(1);
    private readonly WebApplication _application;
    private readonly PageRoutes _pages;

    private ExplorerServer(WebApplication application, PageRoutes pages, Uri address) =>
        (_application, _pages, Address) = (application, pages, address);

    /// <summary>Where a browser on this machine finds the first page.</summary>
    public Uri Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">What is shown, and where.</param>
    /// <param name="workers">Threads to compare SAEs with.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PortInUseException">The port is taken, or not for this user.</exception>
    public static async Task<ExplorerServer> StartAsync(ExplorerOptions options, Workers workers, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Listen(options.Address, options.Port);
        });
        builder.Services.AddSingleton<IHostLifetime, NoHostLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        var application = builder.Build();
        var guard = new RequestGuard(options);
        var pages = new PageRoutes(options, workers, time);
        application.Use((context, next) => guard.Invoke(context, next));
        application.Run(pages.Answer);
        try
        {
            await application.StartAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException or AddressInUseException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            pages.Dispose();
            throw new PortInUseException(
                $"{options.Address} port {options.Port} cannot be listened on ({error.Message}); --port N chooses another", error);
        }

        var bound = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new ExplorerServer(application, pages, AddressOf(options.Address, new Uri(bound).Port));
    }

    /// <summary>Stops to listen, and ends what is still asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        _pages.Dispose();
    }

    private static Uri AddressOf(IPAddress address, int port)
    {
        var host = address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return new UriBuilder("http", host.ToString(), port).Uri;
    }

    // Signals are the program's affair.
    private sealed class NoHostLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
