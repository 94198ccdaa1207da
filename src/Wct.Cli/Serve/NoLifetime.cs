using Microsoft.Extensions.Hosting;

namespace Wct.Cli.Serve;

/// <summary>Leaves signals to the command, which handles them for all of its work.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
