using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Wct.Cli.Tests.Serve;

/// <summary>Tests <c>wct serve</c> as a process.</summary>
public sealed class ServeTests(TinyModel model)
{
    [Fact]
    public async Task ThePageIsServedUntilASignalEndsItAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        using Process process = Start(folder, "--port", "0");
        Uri address = Address(process);
        using HttpClient client = new() { BaseAddress = address };
        Assert.Contains("<title>Wct", await client.GetStringAsync("/"));
        JsonNode options = JsonNode.Parse(await client.GetStringAsync("/stylize/options"))!;
        Assert.Equal((100_000_000, 5), ((long)options["limits"]!["bytes"]!, options["levels"]!.AsArray().Count));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        long start = Stopwatch.GetTimestamp();
        Signal(process);
        Assert.Equal(new Outcome(ExitCode.Interrupted, "", ""), WctProcess.End(process));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task ASignalEndsAPictureThatIsBeingPainted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 1000, 1000);
        // Without vector instructions and with one thread, the work lasts far longer than the test waits.
        using Process process = WctProcess.Start(
            folder.Path, [("WCT_ISA", "scalar")], "serve", "--port", "0", "-w", model.Path, "--device", "cpu", "--threads", "1");
        using HttpClient client = new() { BaseAddress = Address(process) };
        using MultipartFormDataContent form = [];
        byte[] picture = await File.ReadAllBytesAsync(folder.File("c.png"));
        form.Add(new ByteArrayContent(picture), "content", "c.png");
        form.Add(new ByteArrayContent(picture), "style", "s.png");
        form.Add(new StringContent("100"), "passes");
        using HttpRequestMessage request = new(HttpMethod.Post, "/stylize") { Content = form };
        request.Headers.Add("Accept", "text/event-stream");
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader events = new(await response.Content.ReadAsStreamAsync());
        while (await events.ReadLineAsync() is { } line && !line.StartsWith("event: progress", StringComparison.Ordinal))
        {
        }

        Signal(process);
        Outcome outcome = WctProcess.End(process);
        Assert.Equal(ExitCode.Interrupted, outcome.ExitCode);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void APortThatIsInUseIsOneLine()
    {
        using TemporaryFolder folder = new();
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        using Process process = Start(folder, "--port", $"{port}");
        Outcome outcome = WctProcess.End(process);
        Assert.Equal(
            new Outcome(
                ExitCode.Failed, "",
                $"wct: port {port} is in use; --port chooses another, and 0 takes any that is free{Environment.NewLine}"),
            outcome);
    }

    [Fact]
    public void AnAddressOfAnotherMachineIsOneLine()
    {
        using TemporaryFolder folder = new();
        using Process process = Start(folder, "--port", "0", "--host", "192.0.2.1");
        Outcome outcome = WctProcess.End(process);
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Matches(@"\Awct: 192\.0\.2\.1: the server can't listen at port 0: [^\n]+\n\z", outcome.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void AMissingModelIsOneLine()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = WctProcess.Run(folder.Path, "serve", "--port", "0", "-w", "none.safetensors");
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.StartsWith("wct: none.safetensors: ", outcome.Error);
    }

    [Fact]
    public async Task OtherMachinesAreOnlyServedWithAWarning()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        using Process process = Start(folder, "--port", "0", "--host", "0.0.0.0", "--host", "mypc.example");
        Uri address = Address(process);
        Assert.Equal("127.0.0.1", address.Host);
        using HttpClient client = new() { BaseAddress = address };
        foreach ((string host, HttpStatusCode status) in (IEnumerable<(string, HttpStatusCode)>)
            [("mypc.example", HttpStatusCode.OK), ("10.0.0.1", HttpStatusCode.OK), ("other.example", HttpStatusCode.BadRequest)])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/");
            request.Headers.Host = host;
            Assert.Equal(status, (await client.SendAsync(request)).StatusCode);
        }

        Signal(process);
        Assert.Equal(
            $"wct: warning: other machines can use the server through 0.0.0.0; it asks for no password{Environment.NewLine}",
            WctProcess.End(process).Error);
    }

    [Fact]
    public async Task OtherMachinesHaveALimitOfRequests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        using Process process = Start(folder, "--port", "0", "--host", "0.0.0.0");
        using HttpClient client = new() { BaseAddress = Address(process) };
        List<HttpStatusCode> statuses = [];
        for (int i = 0; i < 130; i++)
            statuses.Add((await client.GetAsync("/stylize/options")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, statuses[0]);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Signal(process);
        WctProcess.End(process);
    }

    [Fact]
    public void TheFolderForUploadsIsPrivateAndIsDeleted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new(), temporary = new();
        using Process process = WctProcess.Start(
            folder.Path, [("TMPDIR", temporary.Path)], "serve", "--port", "0", "-w", model.Path, "--device", "cpu");
        Address(process);
        string own = Assert.Single(Directory.GetDirectories(temporary.Path, "wct-serve-*"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(own));
        Signal(process);
        Assert.Equal(ExitCode.Interrupted, WctProcess.End(process).ExitCode);
        Assert.Empty(Directory.GetDirectories(temporary.Path, "wct-serve-*"));
    }

    [Fact]
    public void OpenOpensThePageInTheBrowser()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a system whose browser is opened by xdg-open");
        using TemporaryFolder folder = new(), programs = new();
        File.WriteAllText(programs.File("xdg-open"), "#!/bin/sh\nprintf %s \"$1\" > opened.tmp && mv opened.tmp opened\n");
        Programs.Succeed(TimeSpan.FromMinutes(1), programs.Path, "chmod", "+x", "xdg-open");
        string path = $"{programs.Path}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = WctProcess.Start(folder.Path, [("PATH", path)], "serve", "--port", "0", "-w", model.Path, "--open");
        Uri address = Address(process);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(folder.File("opened")), TimeSpan.FromMinutes(1)));
        Assert.Equal(address.ToString(), File.ReadAllText(folder.File("opened")));
        Signal(process);
        Assert.Equal("", WctProcess.End(process).Error);
    }

    [Fact]
    public void WithoutABrowserThePageIsNamed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a system whose browser is opened by xdg-open");
        using TemporaryFolder folder = new();
        using Process process = WctProcess.Start(folder.Path, [("PATH", folder.Path)], "serve", "--port", "0", "-w", model.Path, "--open");
        Uri address = Address(process);
        Assert.Equal($"wct: warning: no browser could be opened; the page is {address}", process.StandardError.ReadLine());
        Signal(process);
        WctProcess.End(process);
    }

    [Fact]
    public void AQuietServerPrintsNothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send");
        using TemporaryFolder folder = new();
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        using Process process = Start(folder, "--port", $"{port}", "--quiet");
        using HttpClient client = new();
        Assert.True(SpinWait.SpinUntil(() => Answers(client, port), TimeSpan.FromMinutes(1)));
        Signal(process);
        Assert.Equal(new Outcome(ExitCode.Interrupted, "", ""), WctProcess.End(process));
    }

    // ASP.NET takes a part of a second to load, which only this command should pay for.
    [Fact]
    public void OtherCommandsDoNotLoadTheServer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs a system that tells what a process has loaded");
        using TemporaryFolder folder = new();
        TestPictures.Write(folder, "c.png", 1000, 1000);
        using Process process = WctProcess.Start(
            folder.Path, [("WCT_ISA", "scalar")], "stylize", "c.png", "c.png", "-w", model.Path, "-o", "out.png", "--threads", "1");
        Assert.True(SpinWait.SpinUntil(() => Maps(process).Contains("Wct.Net.dll", StringComparison.Ordinal), TimeSpan.FromMinutes(1)));
        Thread.Sleep(TimeSpan.FromSeconds(2));
        string loaded = Maps(process);
        process.Kill();
        Assert.DoesNotContain("AspNetCore", loaded);
    }

    private Process Start(TemporaryFolder folder, params string[] arguments) =>
        WctProcess.Start(folder.Path, [], ["serve", "-w", model.Path, "--device", "cpu", .. arguments]);

    private static Uri Address(Process process)
    {
        string? line = process.StandardOutput.ReadLine();
        if (line is null)
            Assert.Fail(process.StandardError.ReadToEnd());
        Assert.EndsWith("/ is ready; Ctrl+C ends it.", line);
        return new Uri(line.Split(' ')[0]);
    }

    private static bool Answers(HttpClient client, int port)
    {
        try
        {
            return client.Send(new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Maps(Process process) => File.ReadAllText($"/proc/{process.Id}/maps");

    private static void Signal(Process process) => Programs.Succeed(TimeSpan.FromMinutes(1), "/", "sh", "-c", $"kill -INT {process.Id}");
}
