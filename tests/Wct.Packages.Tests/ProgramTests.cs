using System.Xml.Linq;

namespace Wct.Packages.Tests;

/// <summary>Builds and runs programs that use only the packages, and nothing else of the repository.</summary>
public class ProgramTests(PackedFeed feed)
{
    private const string ClientSays = "48x32 Rgb24, changed\nthe same again, told\nrefused\nthe same, 5 levels, 32x16\n";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void TheLibraryStylizes()
    {
        Assert.Matches(@"^48x32 Rgb24, changed\nCPU, \w+, \d+ threads?\n$", feed.BuildAndRun("Library.cs", "Wct.Net"));
        // The program used the packed packages, also for dependencies.
        foreach (string id in new[] { "Wct.Net", "Wct.Kernels" })
        {
            string used = Path.Combine(
                feed.Unpacked, id.ToLowerInvariant(), PackedFeed.Version, $"{id}.{PackedFeed.Version}.nupkg".ToLowerInvariant());
            Assert.Equal(File.ReadAllBytes(feed.Package(id)), File.ReadAllBytes(used));
        }
    }

    [Fact]
    public void PictureFilesAreWrittenAndRead() => Assert.Equal("the same\n", feed.BuildAndRun("Imaging.cs", "Wct.Imaging"));

    [Fact]
    public void MoreFormatsAreWrittenAndRead() =>
        Assert.Equal("the same\nHEIC, AVIF, WebP\n", feed.BuildAndRun("Magick.cs", "Wct.Imaging.Magick"));

    [Fact]
    public void APictureStaysOnTheAccelerator() => Assert.Equal("16x15, changed\n", feed.BuildAndRun("Accelerator.cs", "Wct.Ilgpu"));

    [Fact]
    public void MathNetStylizes() =>
        Assert.Matches(@"^MathNet.Numerics \(Managed\): 48x32 Rgb24\n$", feed.BuildAndRun("MathNet.cs", "Wct.Net", "Wct.MathNet"));

    [Fact]
    public void SkiaSharpsBitmapsAreStylized() => Assert.Equal(
        "48x32 Bgra8888 Premul, changed; 48x32, 48x32 BgraPremultiplied\n",
        feed.BuildAndRun("Skia.cs", "Wct.SkiaSharp", $"SkiaSharp.NativeAssets.Linux.NoDependencies/{Central("SkiaSharp")}"));

    [Fact]
    public void ImageSharpsImagesAreStylized() =>
        Assert.Equal("48x32, changed; 48x32 Rgba32\n", feed.BuildAndRun("ImageSharp.cs", "Wct.ImageSharp"));

    [Fact]
    public void AWebApplicationStylizes() => Assert.Equal("200 image/png 48x32\n", feed.BuildAndRun("AspNetCore.cs", "Wct.AspNetCore"));

    [Fact]
    public void TheClientStylizes()
    {
        feed.NeedNativeLibrary();
        Assert.Equal(ClientSays, feed.BuildAndRun("Client.cs", "Wct.Bindings"));
    }

    [Fact]
    public void TheClientStylizesOnMono()
    {
        feed.NeedNativeLibrary();
        NeedMono();
        (int status, string text, string output) = feed.Build(
            "Client.cs", "net462", "Wct.Bindings", "Microsoft.NETFramework.ReferenceAssemblies/1.0.2");
        Assert.SkipWhen(
            status != 0 && text.Contains("NU110", StringComparison.Ordinal)
            && text.Contains("NETFramework.ReferenceAssemblies", StringComparison.Ordinal),
            "needs the package Microsoft.NETFramework.ReferenceAssemblies, which can't be had");
        Assert.True(status == 0, text);
        Assert.Equal(ClientSays, Programs.Succeed(Limit, output, "mono", Path.Combine(output, "Program.exe")));
    }

    [Fact]
    public void TheToolCanBeInstalledAndStylizes()
    {
        string folder = feed.NewFolder(), samples = Path.Combine(Shared.Root, "samples"), tool = feed.Tool;
        Assert.Equal(PackedFeed.Release, Programs.Succeed(Limit, folder, tool, "--version").Trim());
        Programs.Succeed(
            Limit, folder, tool, "stylize", Path.Combine(samples, "stilllife.jpg"), Path.Combine(samples, "mosaic.jpg"), "--size", "64",
            "--style-size", "64",
            "--device", "cpu", "-o", "out.png");
        Assert.Equal([0x89, .. "PNG\r\n"u8], File.ReadAllBytes(Path.Combine(folder, "out.png"))[..6]);
        // Training is part of the tool's package and has no package of its own.
        Assert.Contains("--teacher", Programs.Succeed(Limit, folder, tool, "train", "encoder", "--help"));
    }

    // The version of a package of others, which the repository names once.
    private static string Central(string id) => XDocument.Load(Path.Combine(Shared.Root, "Directory.Packages.props"))
        .Descendants("PackageVersion").Single(element => element.Attribute("Include")!.Value == id).Attribute("Version")!.Value;

    // Debian's package mono-runtime alone lacks the facade assemblies that map .NET Standard.
    private static void NeedMono()
    {
        string mono = Tool.Need("mono", "mono-devel");
        string program = File.ResolveLinkTarget(mono, returnFinalTarget: true)?.FullName ?? mono;
        string facade = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "../lib/mono/4.5/Facades/netstandard.dll"));
        Assert.SkipUnless(File.Exists(facade), $"needs {facade} (Debian: mono-devel)");
    }
}
