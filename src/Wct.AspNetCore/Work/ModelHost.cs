using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Styles;
using Wct.Net;

namespace Wct.AspNetCore.Work;

/// <summary>Loads the model and opens the configured styles when the application starts, so that a wrong file ends the start and the first
/// request needn't wait.</summary>
internal sealed class ModelHost(IServiceProvider services, ILogger<ModelHost> logger) : IHostedService
{
    /// <summary>Whether the model is loaded.</summary>
    internal bool IsLoaded { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        StyleTransfer transfer = await Task.Run(services.GetRequiredService<StyleTransfer>, cancellationToken);
        Log.Loaded(logger, transfer.Device);
        StyleTransferServiceOptions options = services.GetRequiredService<IOptions<StyleTransferServiceOptions>>().Value;
        await Task.Run(() => StyleLibrary.CheckConfigured(options, transfer.Model), cancellationToken);
        IsLoaded = true;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Loads the model.</summary>
    internal static StyleTransfer Load(IServiceProvider services)
    {
        StyleTransferServiceOptions options = services.GetRequiredService<IOptions<StyleTransferServiceOptions>>().Value;
        if (options.Factory is { } factory)
            return factory(services);
        ILogger logger = services.GetRequiredService<ILogger<ModelHost>>();
        LoadOptions load = options.Load.OnWarning is null
            ? options.Load with { OnWarning = warning => Log.Fallback(logger, warning) } : options.Load;
        return options.Weights is { } weights ? StyleTransfer.Load(weights, load) : StyleTransfer.Load(load);
    }
}
