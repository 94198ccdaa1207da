using System.Text.RegularExpressions;

namespace Wct.ApiPages.Tests;

public partial class PageTests
{
    private static readonly string Folder = Path.Combine(Shared.Root, "docs", "api");

    [Fact]
    public void CommittedPagesMatchTheCode()
    {
        if (Environment.GetEnvironmentVariable("WCT_APPROVE") == "1")
            Pages.Write(Folder);
        IReadOnlyDictionary<string, string> pages = Pages.All();
        Dictionary<string, string> committed = Directory.GetFiles(Folder)
            .ToDictionary(path => Path.GetFileName(path), path => File.ReadAllText(path).ReplaceLineEndings("\n"));
        string[] stale =
            [.. pages.Keys.Union(committed.Keys).Where(name => pages.GetValueOrDefault(name) != committed.GetValueOrDefault(name))];
        Assert.True(
            stale.Length == 0, $"docs/api is stale: {string.Join(' ', stale)}. Run this test with WCT_APPROVE=1 and commit the pages.");
    }

    [Fact]
    public void EveryPackageHasItsTypes()
    {
        IReadOnlyDictionary<string, string> pages = Pages.All();
        Type[] types =
        [
            .. typeof(Net.StyleTransfer).Assembly.GetExportedTypes(), .. typeof(Kernels.Backend).Assembly.GetExportedTypes(),
            .. typeof(Imaging.ImageFile).Assembly.GetExportedTypes(), .. typeof(Bindings.StyleTransfer).Assembly.GetExportedTypes(),
            .. typeof(Ilgpu.IlgpuBackend).Assembly.GetExportedTypes(),
            .. typeof(MathNet.MathNetEigensolver).Assembly.GetExportedTypes(),
            .. typeof(SkiaSharp.BitmapExtensions).Assembly.GetExportedTypes(),
            .. typeof(ImageSharp.StylizeExtensions).Assembly.GetExportedTypes(),
            .. typeof(AspNetCore.StyleSource).Assembly.GetExportedTypes(),
        ];
        Assert.All(types, type => Assert.Contains($"\n## {type.Name.Split('`')[0]}", pages[type.Namespace + ".md"]));
        Assert.Contains("public PixelImage Stylize(Pixels content, PreparedStyle style, StylizeOptions? options = null, "
            + "IProgress<StylizeProgress>? progress = null, CancellationToken cancellationToken = default)", pages["Wct.Net.md"]);
    }

    [Fact]
    public void EveryLinkLeadsToAHeading()
    {
        IReadOnlyDictionary<string, string> pages = Pages.All();
        (string Page, string Target)[] links =
            [.. pages.SelectMany(page => Link().Matches(page.Value).Select(match => (page.Key, match.Groups[1].Value)))];
        Assert.True(links.Length > 100, $"{links.Length} links");
        Assert.All(links, link =>
        {
            string[] parts = link.Target.Split('#');
            Assert.True(pages.TryGetValue(parts[0], out string? page), $"{link.Page}: {link.Target}");
            if (parts.Length == 2)
                Assert.True(Heading().Matches(page).Any(
                    match => match.Groups[1].Value.ToLowerInvariant() == parts[1]), $"{link.Page}: {link.Target}");
        });
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^## (\w+)", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
