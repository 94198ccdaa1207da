using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Wct.Packages.Tests;

/// <summary>Creates projects with "dotnet new", builds them with the packed packages, and runs them.</summary>
public partial class TemplateTests(PackedFeed feed)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string Photo = Path.Combine(Shared.Root, "samples", "landscape.jpg"),
        Painting = Path.Combine(Shared.Root, "samples", "mosaic.jpg");

    [Fact]
    public void TheConsoleProgramStylizes()
    {
        string folder = Create("wct-console", "Painter"), program = Build(folder, "Painter.dll");
        string said = Programs.Succeed(Limit, folder, Programs.Dotnet, program, Photo, Painting, "out.png");
        Assert.Matches(@"^out\.png: \d+x\d+$", said.Trim());
        Assert.Equal([0x89, .. "PNG\r\n"u8], File.ReadAllBytes(Path.Combine(folder, "out.png"))[..6]);
        // Bad input gives one line.
        Assert.Equal((2, "Usage: Painter PHOTO PAINTING OUTPUT\n"), Run(folder, program));
        (int status, string text) = Run(folder, program, Path.Combine(folder, "Painter.csproj"), Painting, "other.png");
        Assert.Equal(1, status);
        Assert.Matches(@"^.*Painter\.csproj: not a .* file but .*\n$", text);
        Assert.False(File.Exists(Path.Combine(folder, "other.png")));
    }

    [Fact]
    public async Task TheWebServiceStylizes()
    {
        Assert.SkipUnless(File.Exists(feed.Package("Wct.AspNetCore")), "needs the package Wct.AspNetCore");
        string folder = Create("wct-web", "Service"), program = Build(folder, "Service.dll");
        using Process server = Start(folder, program);
        try
        {
            Uri address = new(await Address(server));
            using HttpClient client = new() { Timeout = Limit };
            using MultipartFormDataContent form = new()
            {
                { new ByteArrayContent(await File.ReadAllBytesAsync(Photo)), "content", "photo.jpg" },
                { new ByteArrayContent(await File.ReadAllBytesAsync(Painting)), "style", "painting.jpg" },
            };
            using HttpResponseMessage answer = await client.PostAsync(new Uri(address, "/stylize"), form);
            Assert.Equal((200, "image/png"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains("<html", await client.GetStringAsync(address), StringComparison.OrdinalIgnoreCase);
            Assert.Equal("Healthy", await client.GetStringAsync(new Uri(address, "/health")));
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Compiles the application's window and code against Avalonia. Not covered: Avalonia.Desktop with its native parts, which
    /// not every package source has, the lines of Program.cs that need it, and everything that needs a display.</summary>
    [Fact]
    public void TheDesktopApplicationCompiles()
    {
        string folder = Create("wct-avalonia", "Studio"), file = Path.Combine(folder, "Studio.csproj");
        XDocument project = XDocument.Load(file);
        project.Descendants("PackageReference").Single(element => element.Attribute("Include")!.Value == "Avalonia.Desktop").Remove();
        project.Descendants("OutputType").Single().Value = "Library";
        project.Save(file);
        Assert.InRange(File.ReadAllLines(Path.Combine(folder, "Program.cs")).Length, 1, 14);
        File.Delete(Path.Combine(folder, "Program.cs"));
        Assert.True(File.Exists(Build(folder, "Studio.dll")));
    }

    // Installs the templates for this call only, and creates a project.
    private string Create(string template, string name)
    {
        string folder = feed.NewFolder(), settings = Path.Combine(folder, "settings");
        Programs.Succeed(
            Limit, folder, feed.Variables, Programs.Dotnet, "new", "install", feed.Package("Wct.Templates"), "--debug:custom-hive",
            settings);
        string said = Programs.Succeed(
            Limit, folder, feed.Variables, Programs.Dotnet, "new", template, "-o", name, "--debug:custom-hive", settings);
        Assert.Contains("was created successfully", said);
        string project = Path.Combine(folder, name);
        Assert.All(
            Directory.GetFiles(project).Select(File.ReadAllText),
            text => Assert.DoesNotMatch("WCT_VERSION|WctProject", text));
        return project;
    }

    private string Build(string folder, string program)
    {
        // Avalonia's build would report to its makers otherwise.
        Dictionary<string, string?> variables = new(feed.Variables) { ["AVALONIA_TELEMETRY_OPTOUT"] = "1" };
        Programs.Succeed(
            Limit, folder, variables, Programs.Dotnet, "build", "-o", "out", "-warnaserror", "-p:NuGetAudit=false", "-nodeReuse:false",
            "-p:UseSharedCompilation=false");
        return Path.Combine(folder, "out", program);
    }

    private static (int Status, string Text) Run(string folder, string program, params string[] arguments)
    {
        (int status, string text) = Programs.Run(Limit, folder, Programs.Dotnet, [program, .. arguments]);
        return (status, text.ReplaceLineEndings("\n"));
    }

    private static Process Start(string folder, string program) => Process.Start(new ProcessStartInfo(
        Programs.Dotnet, [program, "--urls", "http://127.0.0.1:0"])
    { WorkingDirectory = folder, RedirectStandardOutput = true })!;

    // The address that the server prints when it is ready.
    private static async Task<string> Address(Process server)
    {
        using CancellationTokenSource limit = new(Limit);
        while (await server.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (Listening().Match(line) is { Success: true } found)
                return found.Groups[1].Value;
        }

        throw new InvalidOperationException($"The server ended with {server.ExitCode}.");
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
