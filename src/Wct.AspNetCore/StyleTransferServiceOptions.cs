using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore;

/// <summary>Options of the endpoints that stylize pictures. They are checked when the application starts.</summary>
public sealed class StyleTransferServiceOptions
{
    /// <summary>The number of pictures that are computed at the same time, 1 to 64. One picture uses all cores, so more only helps if
    /// pictures are small.</summary>
    public int MaxConcurrency { get; set; } = 1;

    /// <summary>The number of requests that may wait while others run, 0 to 100000. Further requests get status 503.</summary>
    public int MaxQueue { get; set; } = 16;

    /// <summary>The number of requests whose bodies are received at the same time, 1 to 100000. Further requests get status 503.</summary>
    public int MaxUploads { get; set; } = 64;

    /// <summary>The largest size of a request's body in bytes, at least 1. Larger ones get status 413. It replaces the limit of
    /// Kestrel.</summary>
    public long MaxUploadBytes { get; set; } = 32L << 20;

    /// <summary>The largest number of pixels of a picture, before and after it is resized, at least 1. Larger ones get status 413, before
    /// they are decoded.</summary>
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>The largest number of styles of a request, 1 to 100.</summary>
    public int MaxStyles { get; set; } = 100;

    /// <summary>The memory for prepared styles and for styles that were uploaded by themselves, in bytes; 0 keeps none. The styles that
    /// were used last are kept.</summary>
    public long MaxStyleCacheBytes { get; set; } = 256L << 20;

    /// <summary>The memory budget of a computation, see <see cref="StylizeOptions.MaxMemory"/>; null for the default.</summary>
    public long? MaxMemory { get; set; }

    /// <summary>The time in which a body must be received, above 0. Slower requests get status 408.</summary>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The folder for what a request uploads beyond 256 KB, while it is in use; null for the system's folder for temporary files.
    /// Only the server's user can read the files. They are deleted when the picture is computed.</summary>
    public string? TemporaryFolder { get; set; }

    /// <summary>The lowest speed of an upload in bytes per second, after the first five seconds; 0 for no limit.
    /// Slower requests get status 408.</summary>
    public double MinUploadRate { get; set; } = 1000;

    /// <summary>The time that the computation of a picture may take, above 0, without the time in the queue. Then the request gets status
    /// 503.</summary>
    public TimeSpan RunTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The time in which a client must receive the result, or the events that are there, above 0. Otherwise the connection is
    /// closed.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The number of requests that one client (remote address) may send within <see cref="ClientWindow"/>, at least 1. Further
    /// requests get status 429. Null for no limit. Behind a proxy, ASP.NET's forwarded headers must be configured, because all requests
    /// have the proxy's address otherwise.</summary>
    public int? RequestsPerClient { get; set; }

    /// <summary>The window of <see cref="RequestsPerClient"/>, above 0.</summary>
    public TimeSpan ClientWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The number of requests of one client (remote address) at the same time, at least 1. Further requests get status 429. Null
    /// for no limit.</summary>
    public int? ConcurrentRequestsPerClient { get; set; }

    /// <summary>The model's file or folder, see <see cref="StyleTransfer.Load(string, LoadOptions?)"/>; null for the built-in
    /// model. With <see cref="Factory"/>, it only says to clients which model that is.</summary>
    public string? Weights { get; set; }

    /// <summary>Options for loading the model. <see cref="LoadOptions.MaxQueue"/> has no effect on requests, which wait in the queue of
    /// <see cref="MaxQueue"/>. Warnings are logged if <see cref="LoadOptions.OnWarning"/> is null.</summary>
    public LoadOptions Load { get; set; } = new();

    /// <summary>Creates the model in place of <see cref="Weights"/> and <see cref="Load"/>; null to load it. The application's service
    /// container disposes of it.</summary>
    public Func<IServiceProvider, StyleTransfer>? Factory { get; set; }

    /// <summary>The styles that requests can use by their names.</summary>
    public IDictionary<string, StyleSource> Styles { get; } = new Dictionary<string, StyleSource>(StringComparer.Ordinal);

    /// <summary>What clients are told of the model: its file's name without the folder. Null if a factory makes it and nothing says
    /// more.</summary>
    internal string? ModelName => Weights is { } path ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path))
        : Factory is null ? BuiltIn : null;

    /// <summary>The built-in model's name for clients.</summary>
    internal const string BuiltIn = "builtin";

    /// <summary>Server-sent events get a comment after this time without an event, so that proxies keep the connection.</summary>
    internal TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Returns the options for writing a format with a quality from 1 to 100. The arguments are the format's extension, such as
    /// ".webp", and the quality. Null from the function means that the format has no quality. By default, only JPEG has one.</summary>
    public Func<string, int, ImageWriteOptions?> EncoderOptions { get; set; } = static (extension, quality) =>
        extension is ".jpg" or ".jpeg" or ".jpe" ? new JpegWriteOptions { Quality = quality } : null;
}
