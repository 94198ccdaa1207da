using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests uploaded styles, configured ones, and the cache.</summary>
public sealed class StyleTests
{
    [Fact]
    public async Task AStyleIsPreparedOnce()
    {
        using MeasuredNumbers numbers = new();
        await using TestServer server = await TestServer.Start();
        foreach (string strength in (string[])["0.2", "0.9", "5:0.1"])
            (await server.Post(TestServer.Form(("strength", strength)))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal((1, 2), (numbers.Sum(server, "wct.style.cache.misses"), numbers.Sum(server, "wct.style.cache.hits")));
        // What changes the measurement needs another one.
        foreach ((string, string) setting in ((string, string)[])[("styleScale", "0.5"), ("styleSize", "20"), ("levels", "21"),
            ("transform", "1:swap")])
            (await server.Post(TestServer.Form(setting))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal(5, numbers.Sum(server, "wct.style.cache.misses"));
    }

    [Fact]
    public async Task TheCacheDoesntChangeThePicture()
    {
        await using TestServer server = await TestServer.Start();
        await using TestServer without = await TestServer.Start(options => options.MaxStyleCacheBytes = 0);
        using HttpResponseMessage first = await server.Post(TestServer.Form()), second = await server.Post(TestServer.Form()),
            other = await without.Post(TestServer.Form());
        byte[] bytes = await first.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes, await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(bytes, await other.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task StylesWithTheColorsOfAContentAreNotKept()
    {
        using MeasuredNumbers numbers = new();
        await using TestServer server = await TestServer.Start();
        (await server.Post(TestServer.Form(("preserveColor", "linear")))).EnsureSuccessStatusCode().Dispose();
        Assert.Equal((0, 0), (numbers.Sum(server, "wct.style.cache.misses"), numbers.Sum(server, "wct.style.cache.hits")));
    }

    [Fact]
    public async Task AnUploadedStyleIsUsedByItsId()
    {
        byte[] painting = TestServer.Png(40, 40, 2);
        await using TestServer server = await TestServer.Start();
        JsonElement answer = await Upload(server, painting);
        string id = answer.GetProperty("id").GetString()!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(painting)), id);
        Assert.Equal((40, 40), (answer.GetProperty("width").GetInt32(), answer.GetProperty("height").GetInt32()));

        using ByteArrayContent photo = new(TestServer.Png(64, 48, 1));
        using HttpResponseMessage byId = await server.Post(photo, $"/stylize?style={id}");
        using HttpResponseMessage form = await server.Post(TestServer.Form());
        Assert.Equal(Pixels(await form.Content.ReadAsByteArrayAsync()), Pixels(await byId.Content.ReadAsByteArrayAsync()));
        MultipartFormDataContent recipe = [];
        TestServer.Add(recipe, "content", "photo.png", TestServer.Png(64, 48, 1));
        recipe.Add(new StringContent($$"""{"styles":[{"file":"{{id}}"}]}"""), "recipe");
        using HttpResponseMessage inRecipe = await server.Post(recipe);
        Assert.Equal(HttpStatusCode.OK, inRecipe.StatusCode);
    }

    [Fact]
    public async Task AStyleThatIsNoLongerKeptIsNotFound()
    {
        await using TestServer server = await TestServer.Start();
        string id = new('a', 64);
        using ByteArrayContent photo = new(TestServer.Png(64, 48, 1));
        using HttpResponseMessage response = await server.Post(photo, $"/stylize?style={id}");
        Assert.Equal($"The style {id} isn't kept any longer; upload it again.", await TestServer.Detail(response, 404));
    }

    [Fact]
    public async Task AStyleThatIsLargerThanTheCacheIsRefused()
    {
        byte[] painting = TestServer.Png(40, 40, 2);
        await using TestServer server = await TestServer.Start(options => options.MaxStyleCacheBytes = 100);
        using HttpResponseMessage response = await server.Post(new ByteArrayContent(painting), "/stylize/styles");
        Assert.Equal($"The style has {painting.Length} bytes; the server keeps at most 100.", await TestServer.Detail(response, 413));
        Assert.Equal(0, server.Solver.Calls);
    }

    [Theory]
    [InlineData("", 415, "a.png: not a ")]
    [InlineData("passes", 400, "The field 'passes' is unknown; a style has no settings.")]
    [InlineData("style", 400, "The form has 2 files named 'style', and 2 in all; it must have one.")]
    public async Task AWrongStyleUploadIsRefused(string extra, int status, string detail)
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "style", "a.png", [1, 2, 3, 200]);
        if (extra == "style")
            TestServer.Add(form, "style", "b.png", [1]);
        else if (extra.Length > 0)
            form.Add(new StringContent("1"), extra);
        using HttpResponseMessage response = await server.Post(form, "/stylize/styles");
        Assert.StartsWith(detail, await TestServer.Detail(response, status));
    }

    [Fact]
    public async Task StyleFilesAndPreparedStylesWork()
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        PreparedStyle prepared = transfer.PrepareStyle(TestServer.Picture(40, 40, 2));
        using MemoryStream file = new();
        prepared.Save(file);
        await using TestServer server = await TestServer.Start(options =>
        {
            options.Styles["measured"] = StyleSource.FromStyle(prepared);
            options.Styles["file"] = StyleSource.FromBytes(file.ToArray());
        });
        JsonElement answer = await Upload(server, file.ToArray());
        Assert.False(answer.TryGetProperty("width", out _));
        MultipartFormDataContent uploaded = [];
        TestServer.Add(uploaded, "content", "photo.png", TestServer.Png(64, 48, 1));
        TestServer.Add(uploaded, "style", "blob", file.ToArray());
        using HttpResponseMessage form = await server.Post(uploaded);
        byte[] expected = Pixels(await form.Content.ReadAsByteArrayAsync());
        foreach (string name in (string[])["measured", "file", answer.GetProperty("id").GetString()!])
        {
            using HttpResponseMessage response = await server.Post(new ByteArrayContent(TestServer.Png(64, 48, 1)),
                $"/stylize?style={name}");
            Assert.Equal(expected, Pixels(await response.Content.ReadAsByteArrayAsync()));
        }

        using HttpResponseMessage colors = await server.Post(
            new ByteArrayContent(TestServer.Png(64, 48, 1)), "/stylize?style=file&preserveColor=linear");
        Assert.Contains("a style that was prepared without the content's colors", await TestServer.Detail(colors, 400));
    }

    [Fact]
    public async Task ADamagedStyleFileIsAnError()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1));
        TestServer.Add(form, "style", "a.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"']);
        using HttpResponseMessage response = await server.Post(form);
        await TestServer.Problem(response, 400);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x7E)]
    public async Task AStyleFileWithUnusableNumbersIsTheClientsFault(byte value)
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        using MemoryStream file = new();
        transfer.PrepareStyle(TestServer.Picture(40, 40, 2)).Save(file);
        byte[] bytes = file.ToArray();
        // The numbers follow the header; those of the last quarter become not-a-number, or larger than anything can be.
        bytes.AsSpan(bytes.Length * 3 / 4).Fill(value);
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1));
        TestServer.Add(form, "style", "a.safetensors", bytes);
        using HttpResponseMessage response = await server.Post(form);
        await TestServer.Problem(response, 400);
        Assert.DoesNotContain(server.Log.All, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task AConfiguredFileThatBreaksLaterIsTheServersFault()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("wave.png");
        await File.WriteAllBytesAsync(path, TestServer.Png(40, 40, 2));
        await using TestServer server = await TestServer.Start(options => options.Styles["wave"] = StyleSource.FromFile(path));
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        using HttpResponseMessage response = await server.Post(
            new ByteArrayContent(TestServer.Png(64, 48, 1)), "/stylize?style=wave");
        Assert.Equal("The server failed to answer the request.", await TestServer.Detail(response, 500));
        using HttpResponseMessage thumbnail = await server.Client.GetAsync("/stylize/styles/wave/thumbnail");
        await TestServer.Problem(thumbnail, 500);
        // A thumbnail that failed is made again.
        await File.WriteAllBytesAsync(path, TestServer.Png(40, 40, 2));
        using HttpResponseMessage mended = await server.Client.GetAsync("/stylize/styles/wave/thumbnail");
        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
    }

    [Fact]
    public async Task AThumbnailIsMadeOnceAndNeedsNoCache()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("wave.png");
        await File.WriteAllBytesAsync(path, TestServer.Png(40, 40, 2));
        await using TestServer server = await TestServer.Start(options =>
        {
            options.MaxStyleCacheBytes = 0;
            options.Styles["wave"] = StyleSource.FromFile(path);
        });
        byte[] first = await server.Client.GetByteArrayAsync("/stylize/styles/wave/thumbnail");
        File.Delete(path);
        Assert.Equal(first, await server.Client.GetByteArrayAsync("/stylize/styles/wave/thumbnail"));
    }

    [Fact]
    public async Task AMeasuredStyleCanHaveNoMask()
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        PreparedStyle prepared = transfer.PrepareStyle(TestServer.Picture(40, 40, 2));
        await using TestServer server = await TestServer.Start(options => options.Styles["wave"] = StyleSource.FromStyle(prepared));
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1));
        TestServer.Add(form, "styleMask", "m.png", TestServer.Png(40, 40, 3));
        form.Add(new StringContent("""{"styles":[{"file":"wave","styleMask":"m.png"}]}"""), "recipe");
        using HttpResponseMessage response = await server.Post(form);
        Assert.Equal(
            "The style 'wave' was measured before; only a picture can have a styleMask, so it must be left out.",
            await TestServer.Detail(response, 400));
    }

    [Theory]
    [InlineData("""{"styles":[{"file":"wave"}]}""", null)]
    [InlineData(null, "wave:0.5")]
    public async Task AnUploadMustNotHaveTheNameOfAConfiguredStyleThatIsUsed(string? recipe, string? style)
    {
        await using TestServer server = await TestServer.Start(
            options => options.Styles["wave"] = StyleSource.FromBytes(TestServer.Png(40, 40, 2)));
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1));
        TestServer.Add(form, "style", "wave", TestServer.Png(40, 40, 3));
        if (recipe is not null)
            form.Add(new StringContent(recipe), "recipe");
        if (style is not null)
            form.Add(new StringContent(style), "style");
        using HttpResponseMessage response = await server.Post(form);
        Assert.StartsWith(
            "'wave' is the file name of a part and also a style that the server has; ", await TestServer.Detail(response, 400));
    }

    [Fact]
    public async Task AFileCanBeAStyleAndItsMask()
    {
        // Large enough for a temporary file, and for several reads of each.
        byte[] picture = ImageFile.Encode(".png", Pictures.Noise(400, 300, 1));
        async Task<byte[]> Result(string mask)
        {
            await using TestServer server = await TestServer.Start();
            MultipartFormDataContent form = [];
            TestServer.Add(form, "content", "photo.png", TestServer.Png(32, 32, 1));
            TestServer.Add(form, "style", "a.png", picture);
            if (mask != "a.png")
                TestServer.Add(form, "styleMask", mask, picture);
            form.Add(new StringContent($$"""{"styles":[{"file":"a.png","styleMask":"{{mask}}"}],"levels":[1]}"""), "recipe");
            using HttpResponseMessage response = await server.Post(form);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return Pixels(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(await Result("b.png"), await Result("a.png"));
    }

    [Theory]
    [InlineData("/stylize/styles?style=wave", "The field 'style' is a text; a style must be a file, with a file name.")]
    [InlineData("/stylize/styles?passes=2", "The field 'passes' is unknown; a style has no settings.")]
    public async Task AStyleUploadHasNoTextStyle(string path, string detail)
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(new ByteArrayContent(TestServer.Png(40, 40, 2)), path);
        Assert.Equal(detail, await TestServer.Detail(response, 400));
    }

    [Fact]
    public async Task AConfiguredPictureHasAThumbnail()
    {
        await using TestServer server = await TestServer.Start(options =>
        {
            options.Styles["wide"] = StyleSource.FromBytes(TestServer.Png(400, 100, 1));
            options.Styles["thin"] = StyleSource.FromBytes(TestServer.Png(900, 2, 1));
            options.Styles["small"] = StyleSource.FromBytes(TestServer.Png(20, 30, 1));
        });
        async Task<(int, int)> Size(string name)
        {
            using HttpResponseMessage response = await server.Client.GetAsync($"/stylize/styles/{name}/thumbnail");
            Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
            PixelImage picture = ImageFile.Read(await response.Content.ReadAsStreamAsync());
            return (picture.Width, picture.Height);
        }

        Assert.Equal(((160, 40), (160, 1), (20, 30)), (await Size("wide"), await Size("thin"), await Size("small")));
        using HttpResponseMessage unknown = await server.Client.GetAsync("/stylize/styles/none/thumbnail");
        Assert.Equal("The server has no style with a picture that is named 'none'.", await TestServer.Detail(unknown, 404));
    }

    private static async Task<JsonElement> Upload(TestServer server, byte[] style)
    {
        using HttpResponseMessage response = await server.Post(new ByteArrayContent(style), "/stylize/styles");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private static byte[] Pixels(byte[] png) => ImageFile.Read(new MemoryStream(png)).Bytes;
}
