using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests metrics, activities, logs and the health check.</summary>
public sealed class ObservationTests
{
    private static readonly string[] Stages = ["decode", "encode", "prepare", "stylize"];

    [Fact]
    public async Task PicturesPixelsStagesAndFailuresAreMeasured()
    {
        using MeasuredNumbers numbers = new();
        await using TestServer server = await TestServer.Start();
        (await server.Post(TestServer.Form())).EnsureSuccessStatusCode().Dispose();
        (await server.Post(TestServer.Form(("size", "24")))).EnsureSuccessStatusCode().Dispose();
        (await server.Post(TestServer.Form(("strength", "3")))).Dispose();
        Assert.Equal((2, 64 * 48 + 32 * 24), (numbers.Sum(server, "wct.pictures"), numbers.Sum(server, "wct.pixels")));
        Assert.Equal(
            Stages, numbers.Of(server, "wct.stage.duration").Select(one => (string)one.Tags.Single(tag =>
                tag.Key == "wct.stage").Value!).Distinct().Order());
        Assert.All(numbers.Of(server, "wct.stage.duration"), one => Assert.InRange(one.Value, 1e-7, 60));
        Assert.Equal("bad_recipe", numbers.Of(server, "wct.failures").Single().Tags.Single(tag => tag.Key == "error.type").Value);
        Assert.Equal("s", numbers.Of(server, "wct.stage.duration").First().Instrument.Unit);
    }

    [Fact]
    public async Task TheQueueIsMeasured()
    {
        using MeasuredNumbers numbers = new();
        await using TestServer server = await TestServer.Start();
        server.Solver.Close();
        Task<HttpResponseMessage>[] all = [server.Post(TestServer.Form()), server.Post(TestServer.Form()), server.Post(TestServer.Form())];
        await TestServer.Until(() => server.Service.Queue.Waiting == 2, "two wait");
        numbers.Observe();
        Assert.Equal(2, numbers.Of(server, "wct.queue.length").Last().Value);
        server.Solver.Open();
        foreach (HttpResponseMessage response in await Task.WhenAll(all))
            response.Dispose();
        await TestServer.Until(() => server.Service.Queue.Running == 0, "all ended");
        numbers.Observe();
        Assert.Equal(0, numbers.Of(server, "wct.queue.length").Last().Value);
    }

    [Fact]
    public async Task EachStageIsAnActivityOfItsRequest()
    {
        ConcurrentQueue<Activity> ended = new();
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "Wct",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using TestServer server = await TestServer.Start();
        ActivityTraceId trace = ActivityTraceId.CreateRandom();
        using HttpRequestMessage request = new(HttpMethod.Post, "/stylize") { Content = TestServer.Form() };
        request.Headers.Add("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01");
        (await server.Client.SendAsync(request)).EnsureSuccessStatusCode().Dispose();
        // Requests of other tests have other traces.
        Assert.Equal(
            Stages.Select(stage => $"wct.{stage}"), ended.Where(one => one.TraceId == trace).Select(one => one.OperationName).Order());
    }

    [Fact]
    public async Task TheHealthCheckSeesANearlyFullQueue()
    {
        await using TestServer server = await TestServer.Start(
            options => options.MaxQueue = 1, builder => builder.Services.AddHealthChecks().AddStyleTransfer(), app =>
                app.MapHealthChecks("/health"));
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health"));
        server.Solver.Close();
        Task<HttpResponseMessage>[] all = [server.Post(TestServer.Form()), server.Post(TestServer.Form())];
        await TestServer.Until(() => server.Service.Queue.Waiting == 1, "one waits");
        Assert.Equal("Degraded", await server.Client.GetStringAsync("/health"));
        server.Solver.Open();
        foreach (HttpResponseMessage response in await Task.WhenAll(all))
            response.Dispose();
        Assert.Equal("Healthy", await server.Client.GetStringAsync("/health"));
    }

    [Fact]
    public async Task WithoutAModelTheHealthCheckFails()
    {
        ServiceCollection services = new();
        services.AddLogging().AddStyleTransfer();
        services.AddHealthChecks().AddStyleTransfer("model");
        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal((HealthStatus.Unhealthy, "The model isn't loaded."), (report.Status, report.Entries["model"].Description));
    }

    [Fact]
    public async Task LogsSayWhatHappenedInOneLine()
    {
        await using TestServer server = await TestServer.Start();
        (await server.Post(TestServer.Form())).Dispose();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "evil\u2028name.png", [1, 2, 3, 200]);
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        (await server.Post(form)).Dispose();
        string[] lines = [.. server.Log.All.Select(line => line.Text)];
        Assert.Contains(lines, line => line.StartsWith("The model is loaded. Device: ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Computed 64x48 pixels as image/png in ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("Refused with status 415: evil", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains('\u2028'));
    }

    [Fact]
    public void AConnectionThatIsResetIsAClientThatWentAway()
    {
        TestServer.LogLines log = new();
        DefaultHttpContext context = new();
        Assert.Null(Endpoints.Problem.Reported(context, new ConnectionResetException("reset"), service: null, log));
        Assert.Equal(StatusCodes.Status499ClientClosedRequest, context.Response.StatusCode);
        Assert.Equal("The client went away (status 499).", Assert.Single(log.All).Text);
    }
}
