using System.Net;
using System.Net.ServerSentEvents;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests the queue: order, positions, its limit, and what happens if clients go away.</summary>
public sealed class QueueTests
{
    private const string Events = "text/event-stream";

    [Fact]
    public async Task RequestsRunInTheirOrderAndLearnTheirPositions()
    {
        await using TestServer server = await TestServer.Start();
        server.Solver.Close();
        List<Task<List<string>>> all = [];
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            MultipartFormDataContent form = [];
            TestServer.Add(form, "content", "photo.png", TestServer.Png(64 + number, 48, 1));
            TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
            form.Add(new StringContent("1"), "levels");
            all.Add(Positions(await server.Post(form, accept: Events)));
            await TestServer.Until(() => server.Service.Queue.Waiting == number && server.Solver.Held > 0, $"{number} requests wait");
        }

        server.Solver.Open();
        List<string>[] positions = await Task.WhenAll(all);
        Assert.Equal(["0", "1 0", "2 1 0", "3 2 1 0"], positions.Select(own => string.Join(' ', own)));
        // The results may reach the clients in another order; the server's log has the order in which they were computed.
        IEnumerable<string> computed = server.Log.All.Where(line => line.Text.StartsWith("Computed", StringComparison.Ordinal))
            .Select(line => line.Text.Split(' ')[1]);
        Assert.Equal(["64x48", "65x48", "66x48", "67x48"], computed);
    }

    [Fact]
    public async Task AFullQueueRefusesAndSaysWhenToTryAgain()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxQueue = 1);
        server.Solver.Close();
        Task<HttpResponseMessage> running = server.Post(TestServer.Form());
        await TestServer.Until(() => server.Solver.Held > 0, "one runs");
        Task<HttpResponseMessage> waiting = server.Post(TestServer.Form());
        await TestServer.Until(() => server.Service.Queue.Waiting == 1, "one waits");
        using HttpResponseMessage refused = await server.Post(TestServer.Form());
        System.Text.Json.JsonElement problem = await TestServer.Problem(refused, 503);
        Assert.Equal("1 requests wait, the limit.", problem.GetProperty("detail").GetString());
        Assert.Equal(1, problem.GetProperty("limit").GetInt64());
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 600);
        server.Solver.Open();
        using HttpResponseMessage first = await running, second = await waiting;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task ADisconnectEndsTheComputation()
    {
        await using TestServer server = await TestServer.Start();
        using (HttpResponseMessage whole = await server.Post(TestServer.Form(("passes", "3"))))
            Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        int callsOfAll = server.Solver.Calls;

        server.Solver.Close();
        using CancellationTokenSource client = new();
        Task<HttpResponseMessage> running = server.Post(TestServer.Form(("passes", "3")), token: client.Token);
        await TestServer.Until(() => server.Solver.Held > 0, "it runs");
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await TestServer.Until(() => server.Log.All.Any(line => line.Text.Contains("went away", StringComparison.Ordinal))
            || Aborted(server), "noticed");
        server.Solver.Open();
        await TestServer.Until(() => server.Service.Queue.Running == 0, "it ended");
        await TestServer.Until(() => server.Log.All.Any(line => line.Text.Contains("went away", StringComparison.Ordinal)), "it is logged");
        int calls = server.Solver.Calls - callsOfAll;
        Assert.True(calls < callsOfAll / 2, $"{calls} of {callsOfAll} calls were made after the client had gone");
        // Nothing of it remains, and the next request runs.
        using HttpResponseMessage next = await server.Post(TestServer.Form());
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task ADisconnectFreesThePlaceInTheQueue()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxQueue = 2);
        server.Solver.Close();
        Task<HttpResponseMessage> running = server.Post(TestServer.Form());
        await TestServer.Until(() => server.Solver.Held > 0, "one runs");
        using CancellationTokenSource client = new();
        Task<HttpResponseMessage> leaving = server.Post(TestServer.Form(), token: client.Token);
        await TestServer.Until(() => server.Service.Queue.Waiting == 1, "one waits");
        HttpResponseMessage behind = await server.Post(TestServer.Form(), accept: Events);
        Task<List<string>> positions = Positions(behind);
        await TestServer.Until(() => server.Service.Queue.Waiting == 2, "two wait");
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await TestServer.Until(() => server.Service.Queue.Waiting == 1, "the place is free");
        server.Solver.Open();
        (await running).Dispose();
        Assert.Equal("2 1 0", string.Join(' ', await positions));
    }

    [Fact]
    public async Task SeveralPicturesCanRunAtTheSameTime()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxConcurrency = 2);
        server.Solver.Close();
        Task<HttpResponseMessage>[] both = [server.Post(TestServer.Form(("levels", "1"))), server.Post(TestServer.Form(("levels", "2")))];
        await TestServer.Until(() => server.Service.Queue.Running == 2, "both run");
        server.Solver.Open();
        foreach (HttpResponseMessage response in await Task.WhenAll(both))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task APictureThatTakesTooLongIsEnded()
    {
        await using TestServer server = await TestServer.Start(options => options.RunTimeout = TimeSpan.FromMilliseconds(200));
        using HttpResponseMessage response = await server.Post(TestServer.Form(("passes", "100"), ("size", "400")));
        Assert.Equal(
            "The picture took longer than 0.2 s, the limit; a smaller one may not.", await TestServer.Detail(response, 503));
        await TestServer.Until(() => server.Service.Queue.Running == 0, "it ended");
    }

    [Fact]
    public async Task AStopEndsRequestsThatWaitAndThatRun()
    {
        await using TestServer server = await TestServer.Start();
        server.Solver.Close();
        Task<HttpResponseMessage> running = server.Post(TestServer.Form(("passes", "3")));
        await TestServer.Until(() => server.Solver.Held > 0, "one runs");
        Task<HttpResponseMessage> waiting = server.Post(TestServer.Form());
        await TestServer.Until(() => server.Service.Queue.Waiting == 1, "one waits");
        int before = server.Solver.Calls;
        Task stopping = server.App.StopAsync();
        using HttpResponseMessage second = await waiting;
        Assert.Equal("The server is stopping.", await TestServer.Detail(second, 503));
        Assert.NotNull(second.Headers.RetryAfter);
        server.Solver.Open();
        using HttpResponseMessage first = await running;
        await TestServer.Problem(first, 503);
        await stopping;
        Assert.InRange(server.Solver.Calls, before, before + 8);
    }

    [Fact]
    public async Task RequestsThatWaitNeedNoThreads()
    {
        await using TestServer server = await TestServer.Start(options => (options.MaxQueue, options.MaxUploads) = (200, 200));
        server.Solver.Close();
        int before = ThreadPool.ThreadCount;
        Task<HttpResponseMessage>[] all = [.. Enumerable.Range(0, 200).Select(_ => server.Post(TestServer.Form(("levels", "1"))))];
        await TestServer.Until(() => server.Service.Queue.Waiting == 199, "all wait");
        Assert.InRange(ThreadPool.ThreadCount, 0, before + 64);
        Assert.Equal(1, server.Service.Queue.Running);
        server.Solver.Open();
        foreach (HttpResponseMessage response in await Task.WhenAll(all))
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    // The server may notice before it can log it, because the computation is still held.
    private static bool Aborted(TestServer server) => server.Service.Queue.Waiting == 0 && server.Solver.Held > 0;

    private static async Task<List<string>> Positions(HttpResponseMessage response)
    {
        List<string> positions = [];
        await foreach (SseItem<string> item in EventTests.Items(response))
        {
            if (item.EventType == "queued")
                positions.Add(item.Data[(item.Data.IndexOf(':', StringComparison.Ordinal) + 1)..^1]);
        }

        return positions;
    }
}
