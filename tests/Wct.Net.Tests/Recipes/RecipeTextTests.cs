using System.Globalization;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Recipes;

public sealed class RecipeTextTests
{
    [Fact]
    public void StrengthsAreForAllLevelsOrForEach()
    {
        LevelSettings one = RecipeText.Strengths("0.6"), each = RecipeText.Strengths("5:0.4,4:1");
        LevelSettings both = RecipeText.Strengths("0.5,3:1e-1");
        Assert.Equal(0.6, one.Strength);
        Assert.Empty(one.Levels);
        Assert.Null(each.Strength);
        Assert.Equal([new(5) { Strength = 0.4 }, new(4) { Strength = 1 }], each.Levels);
        Assert.Equal(0.5, both.Strength);
        Assert.Equal([new(3) { Strength = 0.1 }], both.Levels);
    }

    [Fact]
    public void TransformsAreForAllLevelsOrForEach()
    {
        Assert.Equal(FeatureTransform.AdaIn, RecipeText.Transforms("adain").Transform);
        LevelSettings each = RecipeText.Transforms("5:swap,4:wct");
        Assert.Null(each.Transform);
        Assert.Equal(
            [new(5) { Transform = FeatureTransform.StyleSwap }, new(4) { Transform = FeatureTransform.WhiteningColoring }], each.Levels);
        Assert.All(FeatureTransform.All, transform => Assert.Same(transform, RecipeText.Transforms(transform.Name!).Transform));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData(":")]
    [InlineData("5")]
    [InlineData("5:")]
    [InlineData(":0.5")]
    [InlineData("0.5,0.5")]
    [InlineData("6:0.4")]
    [InlineData("0:0.4")]
    [InlineData("55:0.4")]
    [InlineData("5:0.4,")]
    [InlineData("5:0.4, 4:1")]
    [InlineData("5:1.1")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("0,5")]
    [InlineData("5:0.4:1")]
    public void OtherStrengthsAreRefused(string text) => Assert.Equal(
        $"--alpha is '{text}'; it must be a number from 0 to 1, or a number per level: 5:0.4,4:1",
        Assert.Throws<RecipeFormatException>(() => RecipeText.Strengths(text, "--alpha")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("gram")]
    [InlineData("5:gram")]
    [InlineData("wct,adain")]
    [InlineData("Swap")]
    public void OtherTransformsAreRefused(string text) => Assert.Equal(
        $"transform is '{text}'; it must be one of wct, adain, ot, swap, swap-raw, whiten, or one per level: 5:swap,4:wct",
        Assert.Throws<RecipeFormatException>(() => RecipeText.Transforms(text)).Message);

    [Theory]
    [InlineData("5:0.4,5:0.4", "5 has two values, 0.4 and 0.4")]
    [InlineData("0.6,3:1,5:0.25,3:0.5,5:1", "3 has two values, 1 and 0.5")]
    public void TwoStrengthsOfALevelAreNamed(string text, string problem) => Assert.Equal(
        $"--alpha is '{text}'; level {problem}; it must have one",
        Assert.Throws<RecipeFormatException>(() => RecipeText.Strengths(text, "--alpha")).Message);

    [Fact]
    public void TwoTransformsOfALevelAreNamed() => Assert.Equal(
        "transform is '5:wct,4:swap,5:adain'; level 5 has two values, wct and adain; it must have one",
        Assert.Throws<RecipeFormatException>(() => RecipeText.Transforms("5:wct,4:swap,5:adain")).Message);

    [Fact]
    public void SettingsAreGivenToTheLevelsThatRun()
    {
        IReadOnlyList<LevelOptions> levels = RecipeText.Strengths("5:0.4,1:1").ApplyTo([5, 3, 5, 1]);
        levels = RecipeText.Transforms("5:swap").ApplyTo(levels);
        LevelOptions fifth = new(5) { Strength = 0.4, Transform = FeatureTransform.StyleSwap };
        Assert.Equal([fifth, 3, fifth, new(1) { Strength = 1 }], levels);
        Assert.Equal([4], RecipeText.Strengths("0.5").ApplyTo([4]));
        Assert.Equal(
            "--alpha has a value for level 2; the levels that run are 5, 4",
            Assert.Throws<RecipeFormatException>(() => RecipeText.Strengths("4:1,2:0.5").ApplyTo([5, 4], "--alpha")).Message);
    }

    [Theory]
    [InlineData("a.jpg", "a.jpg", 1)]
    [InlineData("a.jpg:0.7", "a.jpg", 0.7)]
    [InlineData("a.jpg:.5", "a.jpg", 0.5)]
    [InlineData("a.jpg:2e-3", "a.jpg", 2e-3)]
    [InlineData("a.jpg:0", "a.jpg", 0)]
    [InlineData(@"C:\x.jpg", @"C:\x.jpg", 1)]
    [InlineData(@"C:\x.jpg:2", @"C:\x.jpg", 2)]
    [InlineData("12:30:45.jpg", "12:30:45.jpg", 1)]
    [InlineData("a.jpg:", "a.jpg:", 1)]
    [InlineData("a.jpg:nan", "a.jpg:nan", 1)]
    [InlineData("a.jpg:Infinity", "a.jpg:Infinity", 1)]
    [InlineData("a.jpg: 1", "a.jpg: 1", 1)]
    [InlineData("a.jpg:1,5", "a.jpg:1,5", 1)]
    public void AStyleIsAFileAndAWeight(string text, string file, double weight) =>
        Assert.Equal(new RecipeStyle(file) { Weight = weight }, RecipeText.Style(text));

    [Theory]
    [InlineData("")]
    [InlineData(":0.7")]
    [InlineData("a.jpg:-1")]
    [InlineData("a.jpg:1e999")]
    public void OtherStylesAreRefused(string text) => Assert.Equal(
        $"STYLE is '{text}'; it must be a file, or a file and a weight at least 0: a.jpg:0.7",
        Assert.Throws<RecipeFormatException>(() => RecipeText.Style(text, "STYLE")).Message);

    [Fact]
    public void ALabeledStyleHasAColor()
    {
        Assert.Equal(new RecipeStyle("a=b.jpg") { Label = "#ff0000" }, RecipeText.LabeledStyle("#ff0000=a=b.jpg"));
        Assert.Equal(new RecipeStyle("a.jpg") { Label = "#F0a", Weight = 2 }, RecipeText.LabeledStyle("#F0a=a.jpg:2"));
        string[] wrong = ["", "#ff0000", "=a.jpg", "ff0000=a.jpg", "#ff=a.jpg", "#ff0000=", "#ff0000=a.jpg:-1"];
        Assert.All(wrong, text => Assert.Equal(
            $"--label is '{text}'; it must be a color and a style: #ff0000=a.jpg or #ff0000=a.jpg:0.7",
            Assert.Throws<RecipeFormatException>(() => RecipeText.LabeledStyle(text, "--label")).Message));
    }

    [Fact]
    public void ALabelHasThreeOrSixDigits()
    {
        Assert.Equal((0xFE, 0xDC, 0x0A), RecipeText.Label("#FedC0a"));
        Assert.Equal((0xFF, 0x00, 0xAA), RecipeText.Label("#f0A"));
        string[] wrong = ["", "#", "f00", "#ff", "#ffff", "#ff00000", "#ggg", "#+12", "# 12", "#١٢٣"];
        Assert.All(wrong, text => Assert.Equal(
            $"label is '{text}'; it must be # and 3 or 6 hexadecimal digits",
            Assert.Throws<RecipeFormatException>(() => RecipeText.Label(text)).Message));
    }

    [Fact]
    public void ColorsAreWrittenAndParsed()
    {
        Assert.Equal(ColorPreservation.None, RecipeText.PreserveColor("none"));
        Assert.Equal(ColorPreservation.Linear, RecipeText.PreserveColor("linear"));
        Assert.Equal(ColorPreservation.Histogram, RecipeText.PreserveColor("histogram:1"));
        Assert.Equal(ColorPreservation.Luminance with { Strength = 0.5 }, RecipeText.PreserveColor("luminance:0.5"));
        string[] texts = ["none", "linear", "luminance", "histogram", "luminance:0.1", "linear:0", "histogram:5E-324"];
        Assert.All(texts, text => Assert.Equal(text, RecipeText.Of(RecipeText.PreserveColor(text))));
        string[] wrong =
            ["", ":", "none:1", "Luminance", "luminance:", "luminance:2", "luminance:-1", "luminance:x", "luminance:0.5:1", "0.5"];
        Assert.All(wrong, text => Assert.StartsWith(
            $"--preserve-color is '{text}'; it must be none, linear, ",
            Assert.Throws<RecipeFormatException>(() => RecipeText.PreserveColor(text, "--preserve-color")).Message));
    }

    [Fact]
    public void NumbersHaveADecimalPointInEveryCulture()
    {
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        comma.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.Equal("0,5", 0.5.ToString(CultureInfo.CurrentCulture));
            Assert.Equal(0.5, RecipeText.Strengths("0.5").Strength);
            Assert.Equal(0.5, RecipeText.Style("a:0.5").Weight);
            Assert.Equal("linear:0.5", RecipeText.Of(RecipeText.PreserveColor("linear:0.5")));
            Recipe recipe = new() { Strength = 0.25, StyleScale = 1.5 };
            Assert.Equal(recipe, Recipe.Parse(recipe.ToJson()));
            Assert.Equal("strength is -0.5; it must be from 0 to 1", Assert.Throws<InvalidOperationException>(
                new Recipe { Strength = -0.5 }.ToJson).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
