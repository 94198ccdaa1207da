using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests the limits on uploads and clients.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData(false, "The request has 5000 bytes; the limit is 4000.")]
    [InlineData(true, "The request has more than 4000 bytes; the limit is 4000.")]
    public async Task ABodyThatIsTooLargeIsRefused(bool isChunked, string detail)
    {
        await using TestServer server = await TestServer.Start(options => options.MaxUploadBytes = 4000);
        using HttpRequestMessage request = new(HttpMethod.Post, "/stylize") { Content = new ByteArrayContent(new byte[5000]) };
        request.Headers.TransferEncodingChunked = isChunked;
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        JsonElement problem = await TestServer.Problem(response, 413);
        Assert.Equal(detail, problem.GetProperty("detail").GetString());
        Assert.Equal(4000, problem.GetProperty("limit").GetInt64());
    }

    [Fact]
    public async Task AUploadOfExactlyTheLimitIsAccepted()
    {
        using MultipartFormDataContent form = TestServer.Form();
        byte[] bytes = await form.ReadAsByteArrayAsync();
        await using TestServer server = await TestServer.Start(options => options.MaxUploadBytes = bytes.Length);
        ByteArrayContent body = new(bytes);
        body.Headers.ContentType = form.Headers.ContentType;
        using HttpResponseMessage response = await server.Post(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("", "photo.png: 64x48 are 3072 pixels, the limit is 3000.", 3000)]
    [InlineData("size=100", "photo.png gets 13300 pixels by the setting 'size'; the limit is 3500.", 3500)]
    [InlineData("styleScale=16", "painting.png gets 409600 pixels by the setting 'styleScale'; the limit is 3500.", 3500)]
    [InlineData("styleSize=5000", "painting.png gets 25000000 pixels by the setting 'styleScale'; the limit is 3500.", 3500)]
    public async Task APictureWithTooManyPixelsIsRefusedBeforeItIsDecoded(string setting, string detail, long limit)
    {
        await using TestServer server = await TestServer.Start(options => options.MaxPixels = limit);
        (string, string)[] fields = setting.Length == 0 ? [] : [(setting.Split('=')[0], setting.Split('=')[1])];
        using HttpResponseMessage response = await server.Post(TestServer.Form(fields));
        Assert.Equal(detail, await TestServer.Detail(response, 413));
        Assert.Equal(0, server.Solver.Calls);
    }

    [Fact]
    public async Task ASmallFileWithALargePictureTakesNoMemory()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxPixels = 1_000_000);
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "bomb.png", FlatPng.Interlaced(30_000, 30_000));
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        using HttpResponseMessage response = await server.Post(form);
        Assert.Equal("bomb.png: 30000x30000 are 900000000 pixels, the limit is 1000000.", await TestServer.Detail(response, 413));
    }

    [Fact]
    public async Task ASlowBodyIsRefused()
    {
        await using TestServer server = await TestServer.Start(options => options.UploadTimeout = TimeSpan.FromMilliseconds(300));
        string answer = await SlowPost(server, bytesPerSecond: 20);
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("body took longer than 0.3 s, the limit.", answer);
        await TestServer.Until(() => server.Service.Queue is { Waiting: 0, Running: 0 }, "nothing remains");
        Assert.DoesNotContain(server.Log.All, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task ABodyBelowTheLowestSpeedIsRefused()
    {
        await using TestServer server = await TestServer.Start(options => options.MinUploadRate = 100_000);
        string answer = await SlowPost(server, bytesPerSecond: 20);
        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("body came at less than 100000 bytes/s, the limit.", answer);
    }

    [Fact]
    public async Task ABodyThatEndsTooSoonIsAnError()
    {
        await using TestServer server = await TestServer.Start();
        using MultipartFormDataContent form = TestServer.Form();
        ByteArrayContent body = new((await form.ReadAsByteArrayAsync())[..^100]);
        body.Headers.ContentType = form.Headers.ContentType;
        using HttpResponseMessage response = await server.Post(body);
        Assert.StartsWith("The request's body can't be read: ", await TestServer.Detail(response, 400));
    }

    [Fact]
    public async Task AClientHasALimitInATimeWindow()
    {
        await using TestServer server = await TestServer.Start(
            options => (options.RequestsPerClient, options.ClientWindow) = (2, TimeSpan.FromMinutes(10)));
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage accepted = await server.Post(TestServer.Form(("levels", "1")));
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }

        using HttpResponseMessage refused = await server.Post(TestServer.Form());
        Assert.Equal("This client has more requests than its limit: 2 requests in 600 s.", await TestServer.Detail(refused, 429));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 600);
    }

    [Fact]
    public async Task AClientHasALimitAtTheSameTime()
    {
        await using TestServer server = await TestServer.Start(options => options.ConcurrentRequestsPerClient = 1);
        server.Solver.Close();
        Task<HttpResponseMessage> running = server.Post(TestServer.Form(("levels", "1")));
        await TestServer.Until(() => server.Solver.Held > 0, "one runs");
        using HttpResponseMessage refused = await server.Post(TestServer.Form());
        Assert.Equal("This client has more requests than its limit: 1 at the same time.", await TestServer.Detail(refused, 429));
        server.Solver.Open();
        using HttpResponseMessage first = await running, next = await server.Post(TestServer.Form(("levels", "1")));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, next.StatusCode));
    }

    [Fact]
    public async Task UploadsAtTheSameTimeAreLimited()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxUploads = 1);
        using TcpClient slow = await Connect(server);
        await slow.GetStream().WriteAsync(Head(10_000_000));
        // So many bytes that the rest may take hours before the server finds the upload too slow.
        await slow.GetStream().WriteAsync(new byte[1_000_000]);
        await TestServer.Until(() => Refused(server).GetAwaiter().GetResult(), "the second upload is refused");
    }

    [Fact]
    public async Task LargeUploadsLeaveNoFiles()
    {
        using TemporaryFolder folder = new();
        await using TestServer server = await TestServer.Start(options => options.TemporaryFolder = folder.Path);
        MultipartFormDataContent form = [];
        byte[] large = Imaging.ImageFile.Encode(".png", Pictures.Noise(400, 300, 1));
        Assert.True(large.Length > 300_000);
        TestServer.Add(form, "content", "photo.png", large);
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        form.Add(new StringContent("1"), "levels");
        server.Solver.Close();
        Task<HttpResponseMessage> running = server.Post(form);
        await TestServer.Until(() => server.Solver.Held > 0, "it runs");
        // Elsewhere than on Windows the file has no name, so that nobody can open it and it can't be left behind.
        Assert.Equal(OperatingSystem.IsWindows() ? 1 : 0, Directory.GetFiles(folder.Path).Length);
        if (OperatingSystem.IsLinux())
            Assert.Equal(1, OpenFiles(folder.Path));
        server.Solver.Open();
        using HttpResponseMessage response = await running;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await TestServer.Until(() => Directory.GetFiles(folder.Path).Length == 0, "the file is deleted");
        if (OperatingSystem.IsLinux())
            await TestServer.Until(() => OpenFiles(folder.Path) == 0, "the file is closed");
    }

    private static int OpenFiles(string folder) => Directory.GetFiles("/proc/self/fd")
        .Count(file => new FileInfo(file).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);

    [Fact]
    public async Task AnUnknownPartIsRefusedBeforeItIsRead()
    {
        await using TestServer server = await TestServer.Start();
        using TcpClient client = await Connect(server);
        NetworkStream stream = client.GetStream();
        const string Part = "--x\r\nContent-Disposition: form-data; name=\"nonsense\"; filename=\"a\"\r\n\r\nbegin";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /stylize HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                + $"Content-Length: 1000000\r\n\r\n{Part}"));
        byte[] buffer = new byte[1 << 12];
        using CancellationTokenSource limit = new(TestServer.Limit);
        int count = await stream.ReadAsync(buffer, limit.Token);
        Assert.StartsWith("HTTP/1.1 400 ", Encoding.UTF8.GetString(buffer, 0, count));
    }

    [Fact]
    public async Task TheMasksOfManyRegionsAreRefusedBeforeTheQueue()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxMemory = 50_000);
        string styles = string.Join(',', Enumerable.Range(1, 20).Select(i => $$"""{"file":"painting.png","strength":0.{{i:00}}}"""));
        using HttpResponseMessage response = await server.Post(TestServer.Form(("recipe", $$"""{"styles":[{{styles}}]}""")));
        JsonElement problem = await TestServer.Problem(response, 413);
        Assert.Equal(
            $"The masks of 20 regions of 3072 pixels take {20 * 3072 * 2} bytes; the limit is 50000.",
            problem.GetProperty("detail").GetString());
        Assert.Equal((50_000, 0), (problem.GetProperty("limit").GetInt64(), server.Solver.Calls));
    }

    private static async Task<bool> Refused(TestServer server)
    {
        using HttpResponseMessage response = await server.Post(TestServer.Form(("levels", "1")));
        if (response.StatusCode == HttpStatusCode.OK)
            return false;
        Assert.Equal("1 requests are being received, the limit.", await TestServer.Detail(response, 503));
        Assert.NotNull(response.Headers.RetryAfter);
        return true;
    }

    private static async Task<TcpClient> Connect(TestServer server)
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, server.Client.BaseAddress!.Port);
        return client;
    }

    private static byte[] Head(int length) => Encoding.ASCII.GetBytes(
        $"POST /stylize HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: image/png\r\nContent-Length: {length}\r\n\r\n");

    // Sends a body slowly until the server answers.
    private static async Task<string> SlowPost(TestServer server, int bytesPerSecond)
    {
        using TcpClient client = await Connect(server);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Head(1_000_000));
        using CancellationTokenSource answered = new();
        Task sending = Task.Run(async () =>
        {
            while (!answered.IsCancellationRequested)
            {
                await stream.WriteAsync(new byte[1], answered.Token);
                await Task.Delay(1000 / bytesPerSecond, answered.Token);
            }
        });
        byte[] buffer = new byte[1 << 14];
        StringBuilder answer = new();
        using CancellationTokenSource limit = new(TestServer.Limit);
        try
        {
            while (await stream.ReadAsync(buffer, limit.Token) is int count and > 0)
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }
        catch (IOException) when (answer.Length > 0)
        {
            // The server closes the connection, whose body isn't complete.
        }

        await answered.CancelAsync();
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer.ToString();
    }
}
