using System.Text.RegularExpressions;
using Wct.Net.Recipes;

namespace Wct.Net.Tests.Recipes;

/// <summary>docs/recipes.md describes what is read.</summary>
public sealed partial class RecipePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Shared.Root, "docs", "recipes.md")).ReplaceLineEndings("\n");

    [Fact]
    public void ItsExamplesAreValid()
    {
        Recipe[] recipes = [.. Example().Matches(Page).Select(match => Recipe.Parse(match.Groups[1].Value))];
        Assert.Equal(3, recipes.Length);
        Assert.Equal(3, recipes[1].Styles.Count);
        Assert.NotNull(recipes[2].Texture);
    }

    [Theory]
    [InlineData("""{"?": 1}""")]
    [InlineData("""{"content": {"?": 1}}""")]
    [InlineData("""{"styles": [{"?": 1}]}""")]
    [InlineData("""{"levels": [{"?": 1}]}""")]
    [InlineData("""{"photo": {"?": 1}}""")]
    [InlineData("""{"texture": {"?": 1}}""")]
    public void ItsTablesHaveAllProperties(string unknown)
    {
        // The message lists all properties that are known.
        string message = Assert.Throws<RecipeFormatException>(() => Recipe.Parse(unknown)).Message;
        string[] known = message[(message.IndexOf(" has ", StringComparison.Ordinal) + " has ".Length)..].Split(", ");
        Assert.Contains(
            string.Join("", known.Select(name => $"| `{name}`")), string.Join("", Row().Matches(Page).Select(row => row.Value)));
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"(?<=\n)\| `\w+`")]
    private static partial Regex Row();
}
