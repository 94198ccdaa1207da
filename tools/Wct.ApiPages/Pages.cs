using System.Reflection;
using System.Text;

namespace Wct.ApiPages;

/// <summary>Creates the pages of <c>docs/api</c>: one per namespace, and a list of the pages.</summary>
internal static class Pages
{
    private static readonly Assembly[] Packages =
    [
        typeof(Net.StyleTransfer).Assembly, typeof(Kernels.Backend).Assembly, typeof(Imaging.ImageFile).Assembly,
        typeof(Bindings.StyleTransfer).Assembly, typeof(Ilgpu.IlgpuBackend).Assembly, typeof(MathNet.MathNetEigensolver).Assembly,
        typeof(SkiaSharp.BitmapExtensions).Assembly, typeof(ImageSharp.StylizeExtensions).Assembly,
        typeof(AspNetCore.StyleSource).Assembly,
    ];

    /// <summary>Returns the text of each page by file name; it is deterministic.</summary>
    /// <exception cref="InvalidOperationException">A public member has no documentation; the message names it.</exception>
    internal static IReadOnlyDictionary<string, string> All()
    {
        Documentation documentation = new(Packages);
        SortedDictionary<string, string> pages = new(StringComparer.Ordinal);
        StringBuilder index = new(
            "# API\n\nWritten by `dotnet run --project tools/Wct.ApiPages -- docs/api` from the code's own documentation.\n");
        foreach (Assembly package in Packages)
        {
            index.Append($"\n## Package {package.GetName().Name}\n");
            IEnumerable<IGrouping<string, Type>> spaces = package.GetExportedTypes().GroupBy(type => type.Namespace!);
            foreach (IGrouping<string, Type> space in spaces.OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                Type[] types = [.. space.OrderBy(type => type.FullName, StringComparer.Ordinal)];
                pages[space.Key + ".md"] = NamespacePage.Text(space.Key, types, documentation);
                index.Append($"\n### [{space.Key}]({space.Key}.md)\n\n| type | |\n| --- | --- |\n");
                foreach (Type type in types)
                    index.Append($"| {documentation.Link(type)} | {documentation.Of(type).Summary.Replace("|", "\\|")} |\n");
            }
        }

        pages["README.md"] = index.ToString();
        return pages;
    }

    /// <summary>Writes the pages to a folder, and deletes outdated pages.</summary>
    internal static void Write(string folder)
    {
        IReadOnlyDictionary<string, string> pages = All();
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder, "*.md").Where(path => !pages.ContainsKey(Path.GetFileName(path))))
            File.Delete(old);
        foreach ((string name, string text) in pages)
            File.WriteAllText(Path.Combine(folder, name), text);
    }
}
