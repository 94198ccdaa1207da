using System.Reflection;
using PublicApiGenerator;

namespace Wct.ApiPages.Tests;

/// <summary>Compares the public API of each library, as C# declarations with parameter names, defaults and nullability, with an approved
/// text.</summary>
public class PublicApiTests
{
    // Assembly attributes are invisible to callers or follow from the project file.
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("Wct.Kernels")]
    [InlineData("Wct.Net")]
    [InlineData("Wct.Imaging")]
    [InlineData("Wct.Imaging.Magick")]
    [InlineData("Wct.Training")]
    [InlineData("Wct.MathNet")]
    [InlineData("Wct.Ilgpu")]
    [InlineData("Wct.SkiaSharp")]
    [InlineData("Wct.ImageSharp")]
    [InlineData("Wct.AspNetCore")]
    [InlineData("Wct.Bindings")]
    public void ThePublicApiMatchesTheApprovedText(string assembly)
    {
        string path = Path.Combine(Shared.Root, "tests", "Wct.ApiPages.Tests", "PublicApi", assembly + ".txt");
        string text = Assembly.Load(assembly).GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        ApprovedText.Check(path, text, $"The public API of {assembly}");
    }
}
