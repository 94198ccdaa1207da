using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Wct.AspNetCore;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Work;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds style transfer to an application's services.</summary>
public static class StyleTransferServiceCollectionExtensions
{
    /// <summary>Adds the model, the queue and the limits that the endpoints use. The model is loaded when the application starts. It is
    /// also the service <see cref="Wct.Net.StyleTransfer"/>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <remarks>If an option is out of range, or the model can't be loaded, the application doesn't start.</remarks>
    public static IServiceCollection AddStyleTransfer(
        this IServiceCollection services, Action<StyleTransferServiceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.AddOptions<StyleTransferServiceOptions>().ValidateOnStart();
        if (configure is not null)
            services.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StyleTransferServiceOptions>, OptionsValidation>());
        services.TryAddSingleton(ModelHost.Load);
        services.TryAddSingleton<Telemetry>();
        services.TryAddSingleton<StylizeService>();
        services.TryAddSingleton<ModelHost>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelHost>());
        return services;
    }

    /// <summary>Adds a health check: healthy if the model is loaded, degraded if nine tenths of the queue are full, and unhealthy before
    /// the model is loaded.</summary>
    /// <param name="builder">From <c>services.AddHealthChecks()</c>.</param>
    /// <param name="name">The check's name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddStyleTransfer(this IHealthChecksBuilder builder, string name = "wct")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<StyleTransferHealthCheck>(name);
    }
}
