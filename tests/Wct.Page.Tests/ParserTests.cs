namespace Wct.Page.Tests;

/// <summary>Tests the page's parser of server-sent events, names, and texts in PNG files.</summary>
public sealed class ParserTests(PageServer server)
{
    private const string Parse = """
        const found = [];
        const parser = new module.EventParser((type, data) => found.push(`${type}|${data}`));
        for (const piece of argument)
          parser.push(piece);
        return found;
        """;

    [Fact]
    public async Task EventsAreFoundHoweverTheTextIsCut()
    {
        const string Text = ": note\r\nevent: queued\r\ndata: {\"position\": 3}\r\n\r\ndata:one\ndata: two\n\nevent: x\n\nid: 4\rdata\r\r";
        string[] expected = ["queued|{\"position\": 3}", "message|one\ntwo", "message|"];
        await using OpenPage page = await server.Open();
        Assert.Equal(expected, await page.Module<string[]>("sse.js", Parse, new[] { Text }));
        for (int cut = 1; cut < Text.Length; cut++)
            Assert.Equal(expected, await page.Module<string[]>("sse.js", Parse, new[] { Text[..cut], Text[cut..] }));
        Assert.Equal(expected, await page.Module<string[]>("sse.js", Parse, Text.Select(character => character.ToString()).ToArray()));
    }

    [Fact]
    public async Task AnUnfinishedEventIsNone()
    {
        await using OpenPage page = await server.Open();
        Assert.Empty(await page.Module<string[]>("sse.js", Parse, new[] { "event: result\ndata: {}\n" }));
    }

    [Theory]
    [InlineData("a.jpg", "a.jpg")]
    [InlineData("../etc/passwd", ".._etc_passwd")]
    [InlineData("a\"b\\c.jpg", "a_b_c.jpg")]
    [InlineData("line\nbreak.jpg", "line_break.jpg")]
    [InlineData("..", "picture")]
    [InlineData("", "picture")]
    public async Task NamesBecomeSafe(string name, string safe)
    {
        await using OpenPage page = await server.Open();
        Assert.Equal(safe, await page.Module<string>("names.js", "return module.safeName(argument);", name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ARecipeIsFoundInTheTextOfAPng(bool compressed)
    {
        const string Code = """
            const encode = text => new TextEncoder().encode(text);
            const deflated = bytes => new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
            const squeeze = async bytes => argument ? new Uint8Array(await new Response(deflated(bytes)).arrayBuffer()) : bytes;
            const chunk = (type, body) => {
              const length = new Uint8Array(4);
              new DataView(length.buffer).setUint32(0, body.length);
              return [length, encode(type), body, new Uint8Array(4)];
            };
            const text = await squeeze(encode('{"strength":0.5}'));
            const parts = [new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]), ...chunk('IHDR', new Uint8Array(13)),
              ...chunk('iTXt', new Uint8Array([...encode('other\0'), 0, 0, 0, 0, 65])),
              ...chunk('iTXt', new Uint8Array([...encode('wct:recipe\0'), argument ? 1 : 0, 0, ...encode('en\0Rezept\0'), ...text]))];
            return module.textOf(new Uint8Array(await new Blob(parts).arrayBuffer()));
            """;
        await using OpenPage page = await server.Open();
        Assert.Equal("{\"strength\":0.5}", await page.Module<string>("recipefile.js", Code, compressed));
    }

    [Fact]
    public async Task ATruncatedPngHasNoRecipe()
    {
        await using OpenPage page = await server.Open();
        Assert.True(await page.Module<bool>(
            "recipefile.js",
            "return await module.textOf(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 255, 255, 255, 255, 1])) === null;"));
    }
}
