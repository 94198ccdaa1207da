using System.Diagnostics;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Styles;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.AspNetCore.Work;

/// <summary>What all requests share: the model, the queue, the limits and the prepared styles.</summary>
internal sealed class StylizeService : IDisposable
{
    private readonly StyleCache _cache;
    private readonly PartitionedRateLimiter<HttpContext>? _clients;
    private readonly ConcurrencyLimiter _requests, _uploads;
    private readonly CancellationToken _stopping;
    // Checks of headers run on threads of the thread pool. Some formats decode the whole picture, so few run at the same time.
    private readonly SemaphoreSlim _checks = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly Lock _durationLock = new();
    private double _meanSeconds = 1;

    public StylizeService(
        StyleTransfer transfer, IOptions<StyleTransferServiceOptions> options, Telemetry telemetry, ILogger<StylizeService> logger,
        IHostApplicationLifetime? lifetime = null)
    {
        _stopping = lifetime?.ApplicationStopping ?? CancellationToken.None;
        (Transfer, Options, Telemetry, Logger) = (transfer, options.Value, telemetry, logger);
        Queue = new JobQueue(Options.MaxConcurrency, Options.MaxQueue);
        _cache = new StyleCache(Options.MaxStyleCacheBytes);
        Library = new StyleLibrary(Options, _cache);
        Levels = [.. transfer.Model.Levels.Select(level => level.Level)];
        Reading = new ImageReadOptions { MaxPixels = Options.MaxPixels };
        _clients = ClientLimits.Create(Options);
        MostRequests = Options.MaxUploads + Options.MaxQueue + Options.MaxConcurrency;
        _requests = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = MostRequests, QueueLimit = 0 });
        _uploads = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = Options.MaxUploads, QueueLimit = 0 });
        telemetry.ObserveQueue(() => Queue.Waiting);
    }

    internal StyleTransfer Transfer { get; }

    internal StyleTransferServiceOptions Options { get; }

    internal Telemetry Telemetry { get; }

    internal ILogger Logger { get; }

    internal JobQueue Queue { get; }

    internal StyleLibrary Library { get; }

    /// <summary>The levels of the model, deepest first.</summary>
    internal IReadOnlyList<int> Levels { get; }

    /// <summary>Options for reading pictures.</summary>
    internal ImageReadOptions Reading { get; }

    /// <summary>The most requests with a body at a time, from the first byte that is received to the last one that is sent.</summary>
    internal int MostRequests { get; }

    /// <summary>Admits a request of a client, until the lease is disposed of.</summary>
    /// <exception cref="RequestProblem">The client has too many requests.</exception>
    internal RateLimitLease? Admit(HttpContext context)
    {
        if (_clients is null)
            return null;
        RateLimitLease lease = _clients.AttemptAcquire(context);
        if (lease.IsAcquired)
            return lease;
        int seconds = lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan wait) ? (int)Math.Ceiling(wait.TotalSeconds) : 1;
        lease.Dispose();
        throw new RequestProblem(429, "client_limit", ClientLimits.Problem(Options)) { RetryAfter = Math.Max(1, seconds) };
    }

    /// <summary>Admits a request with a body, until the lease is disposed of.</summary>
    /// <exception cref="RequestProblem">Too many requests are in progress.</exception>
    internal RateLimitLease AdmitRequest() => Acquire(_requests) ?? throw new RequestProblem(
        503, "too_many_requests", $"{MostRequests} requests are in progress, the limit.")
    {
        Limit = MostRequests,
        RetryAfter = Wait(),
    };

    /// <summary>Admits an upload, until the lease is disposed of.</summary>
    /// <exception cref="RequestProblem">Too many requests upload or wait.</exception>
    internal RateLimitLease AdmitUpload()
    {
        if (Queue.IsFull)
            throw Full();
        return Acquire(_uploads) ?? throw new RequestProblem(
            503, "too_many_uploads", $"{Options.MaxUploads} requests are being received, the limit.")
        {
            Limit = Options.MaxUploads,
            RetryAfter = Wait(),
        };
    }

    /// <summary>Checks the headers of all pictures of a request, so that a wrong file is refused before the request waits.</summary>
    /// <exception cref="ImageFormatException">A file is no picture, is damaged, or has too many pixels.</exception>
    /// <exception cref="RequestProblem">A picture would have too many pixels after it was resized, or the checks took too long.</exception>
    internal Task Check(StylizeRequest request, CancellationToken cancellationToken) => Checked(
        token => FileFaults.Run(request.Files.Values, () =>
        {
            PictureChecks.Run(request, Options, Reading, token);
            return true;
        }), cancellationToken);

    /// <summary>Runs a check of pictures. Only a few run at the same time, and within <see
    /// cref="StyleTransferServiceOptions.RunTimeout"/>.</summary>
    /// <param name="check">The check; it gets a token that ends it.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="RequestProblem">It took too long.</exception>
    internal async Task<T> Checked<T>(Func<CancellationToken, T> check, CancellationToken cancellationToken)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        time.CancelAfter(Options.RunTimeout);
        try
        {
            await _checks.WaitAsync(time.Token);
            try
            {
                return await Task.Run(() => check(time.Token), time.Token);
            }
            finally
            {
                _checks.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw _stopping.IsCancellationRequested ? Stopping() : new RequestProblem(
                503, "check_timeout", FormattableString.Invariant(
                    $"The check of the pictures took longer than {Options.RunTimeout.TotalSeconds:0.###} s, the limit."))
            {
                RetryAfter = Wait(),
            };
        }
    }

    /// <summary>Adds a request to the queue.</summary>
    /// <param name="request">The request. Its files must stay until the task has ended.</param>
    /// <param name="events">Receives what happens.</param>
    /// <param name="cancellationToken">Removes the request while it waits, and ends it within one layer if it runs.</param>
    /// <exception cref="RequestProblem">The queue is full.</exception>
    internal Task<StylizeResult> Start(StylizeRequest request, IStylizeEvents events, CancellationToken cancellationToken) => Enqueue(
        token => new StylizeRun(this, request, events, token).Run(), request.Files.Values, events.Moved, cancellationToken);

    /// <summary>Adds work to the queue.</summary>
    /// <param name="work">Computes the result, and watches its token.</param>
    /// <param name="files">The files that it uses.</param>
    /// <param name="moved">Called with each new position; see <see cref="JobQueue.TryAdd{T}"/>.</param>
    /// <param name="cancellationToken">Removes the work while it waits, and ends it if it runs.</param>
    /// <exception cref="RequestProblem">The queue is full.</exception>
    internal Task<T> Enqueue<T>(
        Func<CancellationToken, T> work, IEnumerable<NamedFile> files, Action<int> moved, CancellationToken cancellationToken)
    {
        CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        Task<T>? job = Queue.TryAdd(() => FileFaults.Run(files, () => Timed(work, both.Token)), moved, both.Token);
        if (job is not null)
            return Ended();
        both.Dispose();
        throw Full();

        async Task<T> Ended()
        {
            using (both)
            {
                try
                {
                    return await job;
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw Stopping();
                }
            }
        }
    }

    /// <summary>Prepares the styles of a recipe, or finds them in the cache.</summary>
    /// <param name="recipe">The styles and settings.</param>
    /// <param name="files">The recipe's files.</param>
    /// <param name="colors">The content's colors; null if they don't matter.</param>
    /// <param name="progress">Receives reports; null for none.</param>
    /// <param name="cancellationToken">Ends the preparation within one layer.</param>
    internal RecipeStyles Prepare(
        Recipe recipe, IReadOnlyDictionary<string, NamedFile> files, PictureColors? colors, IProgress<StylizeProgress>? progress,
        CancellationToken cancellationToken) => Telemetry.Stage("prepare", () => RecipeStyles.Prepare(
            Transfer, recipe, name => files[name].OpenPicture(Reading), colors,
            new RecipeStyleOptions
            {
                MaxMemory = Options.MaxMemory,
                MaxPixels = Options.MaxPixels,
                OpenStyle = name => files[name] is { IsStyleFile: true } file ? file.Open() : null,
                Measure = (style, measure) => Prepared(recipe, style, files, measure, cancellationToken),
            },
            progress, cancellationToken));

    /// <summary>Finds a prepared style in the cache, or prepares it.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="style">The style.</param>
    /// <param name="files">The recipe's files.</param>
    /// <param name="measure">Prepares the style.</param>
    /// <param name="cancellationToken">Ends the wait for another request that prepares the same style.</param>
    private PreparedStyle Prepared(
        Recipe recipe, RecipeStyle style, IReadOnlyDictionary<string, NamedFile> files, Func<PreparedStyle> measure,
        CancellationToken cancellationToken)
    {
        if (files[style.File].Prepared is { } own)
            return own;
        // Such a style depends on the content.
        if (RecipeStyles.NeedsContentColors(recipe))
            return measure();
        string mask = style.StyleMask is { } file ? files[file].Hash : "";
        IEnumerable<string?> levels = (recipe.Levels ?? LevelOptions.Of(Levels))
            .Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Level}{(level.Transform ?? recipe.Transform).Name}"));
        string key = string.Create(
            CultureInfo.InvariantCulture,
            $"{files[style.File].Hash}/{mask}/{recipe.StyleSize}/{recipe.StyleScale:R}/{string.Join(',', levels.Distinct().Order())}");
        (PreparedStyle prepared, bool isHit) = _cache.Get(key, measure, made => made.MostBytes, cancellationToken);
        Telemetry.Lookup(isHit);
        return prepared;
    }

    public void Dispose()
    {
        _clients?.Dispose();
        _requests.Dispose();
        _uploads.Dispose();
        _checks.Dispose();
    }

    // Ends the work after the time limit.
    private T Timed<T>(Func<CancellationToken, T> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(Options.RunTimeout);
        long start = Stopwatch.GetTimestamp();
        try
        {
            T result = work(time.Token);
            lock (_durationLock)
                _meanSeconds += (Stopwatch.GetElapsedTime(start).TotalSeconds - _meanSeconds) / 8;
            return result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RequestProblem(
                503, "run_timeout", $"The picture took longer than {Options.RunTimeout.TotalSeconds:0.###} s, the limit; a smaller one "
                    + "may not.");
        }
    }

    private static RateLimitLease? Acquire(ConcurrencyLimiter limiter)
    {
        RateLimitLease lease = limiter.AttemptAcquire();
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    private RequestProblem Stopping() => new(503, "stopping", "The server is stopping.") { RetryAfter = Wait() };

    private RequestProblem Full() => new(503, "queue_full", $"{Options.MaxQueue} requests wait, the limit.")
    {
        Limit = Options.MaxQueue,
        RetryAfter = Wait(),
    };

    // Until about half of the queue is done.
    private int Wait()
    {
        lock (_durationLock)
            return (int)Math.Clamp(Math.Ceiling(_meanSeconds * (1 + Options.MaxQueue / 2.0) / Options.MaxConcurrency), 1, 600);
    }
}
