using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Wct.AspNetCore.Work;

namespace Wct.AspNetCore.Observation;

/// <summary>Checks whether pictures can be computed.</summary>
internal sealed class StyleTransferHealthCheck(ModelHost model, IServiceProvider services) : IHealthCheck
{
    private const double NearlyFull = 0.9;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        // The service would load the model, which takes longer than a check may.
        if (!model.IsLoaded)
            return HealthCheckResult.Unhealthy("The model isn't loaded.");
        StylizeService service = services.GetRequiredService<StylizeService>();
        int waiting = service.Queue.Waiting, limit = service.Options.MaxQueue;
        string state = $"Device: {service.Transfer.Device}. {waiting} of at most {limit} requests wait.";
        bool isNearlyFull = limit == 0 ? service.Queue.IsFull : waiting >= NearlyFull * limit;
        return isNearlyFull ? HealthCheckResult.Degraded(state) : HealthCheckResult.Healthy(state);
    }
}
