using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wct.AspNetCore;
using Wct.Cli.Stylize;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Imaging.Magick;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Serve;

/// <summary>Runs <c>wct serve</c>.</summary>
internal static class ServeRun
{
    // For each other machine. The page sends a request for each change at most, and cancels the one before.
    private const int RequestsPerClient = 120, ConcurrentPerClient = 8;

    /// <summary>Serves the page until the command is interrupted.</summary>
    /// <returns>The exit code of an interrupted command.</returns>
    /// <exception cref="Failure">The port is in use, or the model can't be read.</exception>
    internal static int Run(ServeRequest request, CancellationToken cancellationToken)
    {
        WctModel model = ModelInput.Load(request.Machine.Weights, cancellationToken);
        using StyleTransfer transfer = StylizeRun.Transfer(request.Machine, model);
        // Only the user can read this folder.
        DirectoryInfo temporary = Directory.CreateTempSubdirectory("wct-serve-");
        try
        {
            return Serve(request, transfer, temporary.FullName, cancellationToken).GetAwaiter().GetResult();
        }
        finally
        {
            Delete(temporary);
        }
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A picture that was interrupted may still use a file, which then deletes itself; the empty folder remains.
        }
    }

    /// <summary>Builds the server.</summary>
    /// <param name="request">The command's options.</param>
    /// <param name="transfer">The model.</param>
    /// <param name="temporary">The folder for uploads; null for the system's.</param>
    internal static WebApplication Create(ServeRequest request, StyleTransfer transfer, string? temporary = null)
    {
        // An empty builder reads no settings from the current folder or the environment, and watches no files.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(new LineLoggerProvider(Console.Error));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // The host also throws what it logs, and the command says it in its one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            foreach (IPAddress address in request.Hosts.Addresses)
                server.Listen(address, request.Port);
        });
        builder.Services.AddRoutingCore();
        // The command itself handles signals; two handlers would end the server twice.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddStyleTransfer(options =>
        {
            Configure(options, request, transfer);
            options.TemporaryFolder = temporary;
        });
        WebApplication app = builder.Build();
        app.Use(next => context => HostCheck.Run(context, request.Hosts, next));
        app.MapStyleTransfer().RequireSameOrigin();
        app.MapStyleTransferPage();
        return app;
    }

    /// <summary>The addresses of a server that runs, as URLs.</summary>
    internal static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    private static async Task<int> Serve(
        ServeRequest request, StyleTransfer transfer, string temporary, CancellationToken cancellationToken)
    {
        WebApplication app = Create(request, transfer, temporary);
        await using (app.ConfigureAwait(false))
        {
            try
            {
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (IOException error) when (error.InnerException is AddressInUseException)
            {
                throw new Failure($"port {request.Port} is in use; --port chooses another, and 0 takes any that is free", error);
            }
            catch (System.Net.Sockets.SocketException error)
            {
                throw new Failure(
                    $"{request.Hosts.AddressList}: the server can't listen at port {request.Port}: {error.Message}", error);
            }

            Tell(request, Page(app));
            TaskCompletionSource interrupted = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(interrupted.SetResult))
                await interrupted.Task.ConfigureAwait(false);
            // Requests that are under way are canceled and not waited for.
            await app.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        }

        return ExitCode.Interrupted;
    }

    private static void Configure(StyleTransferServiceOptions options, ServeRequest request, StyleTransfer transfer)
    {
        options.Factory = _ => transfer;
        // The page writes them into its command line.
        options.Weights = request.Machine.Weights ?? ModelInput.BuiltInName;
        options.Load = options.Load with { Precision = request.Machine.Precision };
        options.MaxConcurrency = request.Concurrency;
        options.MaxQueue = request.Queue;
        options.MaxUploadBytes = request.MaxUpload;
        options.MaxPixels = request.Machine.MaxPixels;
        options.MaxMemory = request.Machine.MaxMemory;
        if (!request.Hosts.IsLocal)
            (options.RequestsPerClient, options.ConcurrentRequestsPerClient) = (RequestsPerClient, ConcurrentPerClient);
        // Null for a format without loss.
        options.EncoderOptions = (extension, quality) =>
            ResultOptions.Of(extension, quality) is var chosen && chosen.GetType() != typeof(ImageWriteOptions) ? chosen : null;
    }

    // An address that means all of them can't be typed into a browser.
    private static string Page(WebApplication app) =>
        Addresses(app)[0].Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
            .Replace("//[::]:", "//[::1]:", StringComparison.Ordinal) + "/";

    private static void Tell(ServeRequest request, string page)
    {
        if (!request.Hosts.IsLocal)
        {
            Console.Error.WriteLine(ErrorLine.Of(
                $"warning: other machines can use the server through {request.Hosts.AddressList}; it asks for no password"));
        }

        if (!request.Machine.Quiet)
            Console.Out.WriteLine($"{page} is ready; Ctrl+C ends it.");
        if (request.Open && !Browser.Open(page))
            Console.Error.WriteLine(ErrorLine.Of($"warning: no browser could be opened; the page is {page}"));
    }
}
