using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wct.AspNetCore.Work;
using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore.Tests;

/// <summary>A real server on a free port of 127.0.0.1, with the built-in model.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private TestServer(WebApplication app, GatedSolver solver, LogLines log)
    {
        (App, Solver, Log) = (app, solver, log);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = Limit };
    }

    internal WebApplication App { get; }

    internal HttpClient Client { get; }

    internal GatedSolver Solver { get; }

    internal LogLines Log { get; }

    internal StylizeService Service => App.Services.GetRequiredService<StylizeService>();

    internal static async Task<TestServer> Start(
        Action<StyleTransferServiceOptions>? configure = null, Action<WebApplicationBuilder>? build = null,
            Action<WebApplication>? map = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        GatedSolver solver = new();
        LogLines log = new();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddStyleTransfer(options =>
        {
            options.Load = new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2, Eigensolver = solver };
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        WebApplication app = builder.Build();
        app.MapStyleTransfer("/stylize");
        map?.Invoke(app);
        await app.StartAsync();
        return new TestServer(app, solver, log);
    }

    /// <summary>A form with a photo and a painting.</summary>
    internal static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        MultipartFormDataContent form = [];
        Add(form, "content", "photo.png", Png(64, 48, 1));
        Add(form, "style", "painting.png", Png(40, 40, 2));
        foreach ((string name, string value) in fields)
            form.Add(new StringContent(value), name);
        return form;
    }

    internal static void Add(MultipartFormDataContent form, string part, string file, byte[] bytes) =>
        form.Add(new ByteArrayContent(bytes), part, file);

    internal static byte[] Png(int width, int height, int seed) => ImageFile.Encode(".png", Pictures.Textured(width, height, seed));

    internal static PixelImage Picture(int width, int height, int seed) => Pictures.Textured(width, height, seed);

    internal Task<HttpResponseMessage> Post(HttpContent body, string path = "/stylize", string? accept = null,
        CancellationToken token = default)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path) { Content = body };
        if (accept is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
    }

    /// <summary>Waits until a condition is met.</summary>
    internal static async Task Until(Func<bool> condition, string what)
    {
        for (DateTime end = DateTime.UtcNow + Limit; !condition();)
        {
            Assert.True(DateTime.UtcNow < end, $"never happened: {what}");
            await Task.Delay(10);
        }
    }

    /// <summary>Reads problem details, and checks what all of them have.</summary>
    internal static async Task<JsonElement> Problem(HttpResponseMessage response, int status)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal("about:blank", problem.GetProperty("type").GetString());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.EndsWith(".", problem.GetProperty("detail").GetString());
        return problem;
    }

    internal static async Task<string> Detail(HttpResponseMessage response, int status) =>
        (await Problem(response, status)).GetProperty("detail").GetString()!;

    public async ValueTask DisposeAsync()
    {
        Solver.Open();
        Client.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>Keeps what is logged.</summary>
    internal sealed class LogLines : ILoggerProvider, ILogger
    {
        internal ConcurrentQueue<(LogLevel Level, string Text)> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
