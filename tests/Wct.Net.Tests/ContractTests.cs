using System.Reflection;
using System.Xml.Linq;
using Wct.Net.Transforms;

namespace Wct.Net.Tests;

/// <summary>Properties that all public methods share.</summary>
public class ContractTests
{
    [Fact]
    public void TokensComeLast()
    {
        MethodBase[] methods =
            [.. typeof(StyleTransfer).Assembly.GetExportedTypes().SelectMany(type => type.GetMembers()).OfType<MethodBase>()];
        MethodBase[] cancelable = [.. methods.Where(method => method.GetParameters().Any(IsToken))];
        Assert.Contains(cancelable, method => method.Name == nameof(StyleTransfer.PrepareStyle));
        Assert.All(cancelable, method => Assert.True(IsToken(method.GetParameters()[^1]), $"{method.DeclaringType}: {method}"));
    }

    // All methods for pictures can fail for the same reasons. Those that measure a style also fail if it has no visible pixel.
    [Fact]
    public void EveryMethodForPicturesDocumentsItsExceptions()
    {
        XElement[] methods = [.. XDocument.Load(Path.ChangeExtension(typeof(StyleTransfer).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => ((string)member.Attribute("name")!)
                .Split('(')[0] is "M:Wct.Net.StyleTransfer.PrepareStyle" or "M:Wct.Net.StyleTransfer.Stylize")
            .Where(member => !((string)member.Attribute("name")!).Contains("IDevicePicture", StringComparison.Ordinal))];
        Type[] shared = [typeof(ArgumentException), typeof(InsufficientMemoryException), typeof(InvalidDataException),
            typeof(OperationCanceledException)];
        int methodCount = typeof(StyleTransfer).GetMethods().Count(
            method => method.Name is nameof(StyleTransfer.PrepareStyle) or nameof(StyleTransfer.Stylize));
        XElement[] documented = [.. methods.Where(method => method.Elements("exception").Any())];
        Assert.Equal(methodCount, documented.Length);
        foreach (XElement method in documented)
        {
            string name = (string)method.Attribute("name")!;
            string[] exceptions = [.. method.Elements("exception").Select(element => (string)element.Attribute("cref")!)];
            Assert.All(shared, type => Assert.True(exceptions.Contains($"T:{type.FullName}"), $"{name} lacks {type.Name}"));
            bool measures = !name.Contains("Wct.Net.PreparedStyle,", StringComparison.Ordinal)
                && !name.Contains("Wct.Net.StyleRegion", StringComparison.Ordinal);
            Assert.Equal(measures, method.Value.ReplaceLineEndings(" ").Contains("visible pixel", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TokensHaveTheUsualName() => Assert.All(
        typeof(StyleTransfer).Assembly.GetExportedTypes().SelectMany(type => type.GetMembers()).OfType<MethodBase>()
        .SelectMany(method => method.GetParameters())
            .Where(IsToken),
        parameter => Assert.Equal("cancellationToken", parameter.Name));

    [Fact]
    public void OptionsCompareByValue()
    {
        StylizeOptions options = new() { Levels = [3, 1], Strength = 0.5 };
        Assert.Equal(options, options with { Levels = [3, 1] });
        Assert.Equal(options.GetHashCode(), (options with { Levels = [3, 1] }).GetHashCode());
        StylizeOptions photo = options with { Photo = new PhotoOptions { Radius = 3 }, PreserveColor = ColorPreservation.Luminance };
        Assert.Equal(photo, photo with { Photo = new PhotoOptions { Radius = 3 }, PreserveColor = ColorPreservation.Luminance with { } });
        Assert.All(
            (StylizeOptions[])[
                options with { Levels = [1, 3] }, options with { Levels = null }, options with { Strength = 0.6 },
                options with { MaxMemory = 5 },
                options with { Transform = new Tests.Transforms.Negate() }, options with { Passes = 2 }, options with { StyleScale = 2 },
                options with { PreserveColor = ColorPreservation.Linear }, options with { Photo = new PhotoOptions() },
                options with { OnLevel = _ => { } }, options with { Levels = [3, new LevelOptions(1) { Strength = 0.5 }] },
                options with { Levels = [3, new LevelOptions(1) { Transform = FeatureTransform.AdaIn }] },
            ],
            other => Assert.NotEqual(options, other));
    }

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);
}
