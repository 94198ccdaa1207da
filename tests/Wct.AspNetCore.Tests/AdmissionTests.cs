using System.Net;
using Microsoft.AspNetCore.Http;
using Wct.AspNetCore.Endpoints;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests the limits on requests at the same time, and on the time of answers and checks.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task AllRequestsInProgressAreLimited()
    {
        await using TestServer server = await TestServer.Start(
            options => (options.MaxUploads, options.MaxQueue, options.MaxConcurrency) = (1, 1, 1));
        IDisposable[] all = [.. Enumerable.Range(0, 3).Select(_ => server.Service.AdmitRequest())];
        foreach (string path in (string[])["/stylize", "/stylize/styles"])
        {
            using HttpResponseMessage refused = await server.Post(new ByteArrayContent(TestServer.Png(40, 40, 1)), path);
            Assert.Equal("3 requests are in progress, the limit.", await TestServer.Detail(refused, 503));
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        all[0].Dispose();
        // Each request gives its place back.
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage accepted = await server.Post(TestServer.Form(("levels", "1")));
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }
    }

    [Fact]
    public async Task AnAnswerThatNobodyReadsEnds()
    {
        using BlockedStream body = new();
        DefaultHttpContext context = new() { Response = { Body = body } };
        StylizeResult result = new(new byte[10], "image/png", 1, 1, new(), 0);
        RequestProblem problem = await Assert.ThrowsAsync<RequestProblem>(
            () => PictureAnswer.Write(context, result, TimeSpan.FromMilliseconds(100)));
        Assert.Equal("The answer wasn't received within 0.1 s, the limit.", problem.Message);
    }

    private sealed class BlockedStream : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await Task.Delay(TestServer.Limit, cancellationToken);
    }

    [Fact]
    public async Task ChecksOfPicturesShareTheirLimits()
    {
        await using TestServer server = await TestServer.Start(options =>
        {
            options.RunTimeout = TimeSpan.FromMilliseconds(300);
            options.Styles["wave"] = StyleSource.FromBytes(TestServer.Png(40, 40, 2));
        });
        using ManualResetEventSlim gate = new();
        Task[] held = [.. Enumerable.Range(0, Math.Max(1, Environment.ProcessorCount / 2)).Select(
            _ => server.Service.Checked(_ => gate.Wait(TestServer.Limit), CancellationToken.None))];
        foreach (string path in (string[])["/stylize?style=wave", "/stylize/styles"])
        {
            using HttpResponseMessage response = await server.Post(new ByteArrayContent(TestServer.Png(40, 40, 1)), path);
            Assert.Equal("The check of the pictures took longer than 0.3 s, the limit.", await TestServer.Detail(response, 503));
        }

        using (HttpResponseMessage thumbnail = await server.Client.GetAsync("/stylize/styles/wave/thumbnail"))
            await TestServer.Problem(thumbnail, 503);
        gate.Set();
        await Task.WhenAll(held);
        using HttpResponseMessage made = await server.Client.GetAsync("/stylize/styles/wave/thumbnail");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    [Fact]
    public async Task ReadsOfTheListCountForAClientToo()
    {
        await using TestServer server = await TestServer.Start(
            options => (options.RequestsPerClient, options.ClientWindow) = (1, TimeSpan.FromMinutes(10)));
        (await server.Client.GetAsync("/stylize/options")).EnsureSuccessStatusCode().Dispose();
        using HttpResponseMessage list = await server.Client.GetAsync("/stylize/options"),
            thumbnail = await server.Client.GetAsync("/stylize/styles/a/thumbnail");
        await TestServer.Problem(list, 429);
        await TestServer.Problem(thumbnail, 429);
    }
}
