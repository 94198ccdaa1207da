using Wct.Cli.Stylize;

namespace Wct.Cli.Serve;

/// <summary>The options of <c>wct serve</c>.</summary>
/// <param name="Port">The port; 0 for any that is free.</param>
/// <param name="Hosts">Where the server listens, and under which names it answers.</param>
/// <param name="Open">Whether to open the page in the browser.</param>
/// <param name="MaxUpload">The largest size of a request in bytes.</param>
/// <param name="Concurrency">How many pictures are computed at the same time.</param>
/// <param name="Queue">How many pictures may wait.</param>
/// <param name="Machine">The model, the limits and what computes; its recipe has no meaning.</param>
internal sealed record ServeRequest(
    int Port, HostNames Hosts, bool Open, long MaxUpload, int Concurrency, int Queue, StylizeRequest Machine);
