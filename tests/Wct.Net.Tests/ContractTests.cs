using System.Reflection;
using System.Xml.Linq;

namespace Wct.Net.Tests;

/// <summary>What all public doors have in common.</summary>
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

    // Pictures meet the same networks and the same memory through every door; a style is needed, and may show nothing.
    [Fact]
    public void EveryDoorForPicturesTellsItsErrors()
    {
        XElement[] doors = [.. XDocument.Load(Path.ChangeExtension(typeof(StyleTransfer).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => ((string)member.Attribute("name")!)
                .Split('(')[0] is "M:Wct.Net.StyleTransfer.PrepareStyle" or "M:Wct.Net.StyleTransfer.Stylize")
            .Where(member => !((string)member.Attribute("name")!).Contains("IDevicePicture", StringComparison.Ordinal))];
        Type[] shared = [typeof(ArgumentException), typeof(InsufficientMemoryException), typeof(InvalidDataException),
            typeof(OperationCanceledException)];
        int doorCount = typeof(StyleTransfer).GetMethods().Count(
            method => method.Name is nameof(StyleTransfer.PrepareStyle) or nameof(StyleTransfer.Stylize));
        XElement[] told = [.. doors.Where(door => door.Elements("exception").Any())];
        Assert.Equal(doorCount, told.Length);
        foreach (XElement door in told)
        {
            string name = (string)door.Attribute("name")!;
            string[] exceptions = [.. door.Elements("exception").Select(element => (string)element.Attribute("cref")!)];
            Assert.All(shared, type => Assert.True(exceptions.Contains($"T:{type.FullName}"), $"{name} lacks {type.Name}"));
            bool measures = !name.Contains("Wct.Net.PreparedStyle,", StringComparison.Ordinal);
            Assert.Equal(measures, door.Value.ReplaceLineEndings(" ").Contains("visible pixel", StringComparison.Ordinal));
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
        Assert.All(
            (StylizeOptions[])[
                options with { Levels = [1, 3] }, options with { Levels = null }, options with { Strength = 0.6 },
                options with { MaxMemory = 5 },
                options with { Transform = new Transforms.Negate() },
            ],
            other => Assert.NotEqual(options, other));
    }

    private static bool IsToken(ParameterInfo parameter) => parameter.ParameterType == typeof(CancellationToken);
}
