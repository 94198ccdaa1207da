using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests that wrong requests get one clear sentence.</summary>
public sealed class BadRequestTests
{
    [Theory]
    [InlineData("strength", "3", "strength is '3'; it must be a number from 0 to 1, or a number per level: 5:0.4,4:1.")]
    [InlineData("strength", "7:1", "strength is '7:1'; it must be a number from 0 to 1, or a number per level: 5:0.4,4:1.")]
    [InlineData("transform", "wtc",
        "transform is 'wtc'; it must be one of wct, adain, ot, swap, swap-raw, whiten, or one per level: 5:swap,4:wct.")]
    [InlineData("levels", "56", "levels is '56'; it must have from 1 to 100 digits from 1 to 5, such as 54321.")]
    [InlineData("levels", "", "levels is ''; it must have from 1 to 100 digits from 1 to 5, such as 54321.")]
    [InlineData("passes", "0", "passes is 0; it must be from 1 to 100.")]
    [InlineData("passes", "two", "passes is \"two\"; it must be a whole number from 1 to 100.")]
    [InlineData("styleScale", "1e9", "styleScale is 1e9; it must be above 0 and at most 16.")]
    [InlineData("styleScale", "{\"a\":1}", "styleScale is \"{\\\"a\\\":1}\"; it must be a number above 0 and at most 16.")]
    [InlineData("preserveColor", "blue", "preserveColor is 'blue'; it must be none, linear, luminance or histogram, the last three "
        + "optionally with a strength from 0 to 1: luminance:0.5.")]
    [InlineData("photo", "yes", "photo is \"yes\"; it must be true, false or an object.")]
    [InlineData("photoRadius", "0", "photo.radius is 0; it must be from 1 to 1000.")]
    [InlineData("size", "0", "content.size is 0; it must be from 1 to 1048576.")]
    [InlineData("mix", "both", "mix is \"both\"; it must be features or covariance.")]
    [InlineData("format", "bmp", "format is 'bmp'; it must be one of png, jpeg, ppm.")]
    [InlineData("quality", "80", "quality is 80, but the format png has no quality; it must be left out.")]
    [InlineData("quality", "0", "quality is '0'; it must be a whole number from 1 to 100.")]
    [InlineData("previews", "1", "previews is '1'; it must be true or false.")]
    [InlineData("recipe", "{", "the recipe is not valid JSON: ")]
    [InlineData("recipe", "{\"strenght\":1}", "strenght is unknown; a recipe has ")]
    [InlineData("recipe", "{\"passes\":1,\"passes\":2}", "passes is there twice.")]
    [InlineData("recipe", "{\"styles\":[{\"file\":\"lost.png\"}]}",
        "The style 'painting.png' isn't named in the recipe; its styles are lost.png.")]
    [InlineData("recipe", "{\"styles\":[{\"file\":\"painting.png\",\"mask\":\"../etc/passwd\"}]}",
        "'../etc/passwd' is neither the file name of a part nor a style that the server has.")]
    [InlineData("recipe", "{\"model\":\"/etc/passwd\"}", "model is /etc/passwd; the server has one model, so it must be left out.")]
    [InlineData("recipe", "{\"texture\":{\"width\":16,\"height\":16}}",
        "The recipe makes a texture, which has no content; the part 'content' must be left out.")]
    [InlineData("labels", "painting.png", "labels is set, but no style has a label; it must be left out.")]
    [InlineData("style", ":0.5", "style is ':0.5'; it must be a file, or a file and a weight at least 0: a.jpg:0.7.")]
    [InlineData("style", "wave", "'wave' is neither the file name of a part nor a style that the server has.")]
    [InlineData("mask", "m.png", "The field 'mask' is unknown or has no file; it must be a file, with a file name.")]
    [InlineData("strenght", "1",
        "The field 'strenght' is unknown or has no file; the request can have recipe, format, quality, previews, style, strength, ")]
    public async Task AWrongFieldIsNamed(string name, string value, string detail)
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form((name, value)));
        Assert.StartsWith(detail, await TestServer.Detail(response, 400));
        Assert.Equal(0, server.Solver.Calls);
    }

    [Fact]
    public async Task AFieldThatIsThereTwiceIsRefused()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form(("passes", "1")), "/stylize?passes=2");
        Assert.Equal("The field 'passes' is there twice; it must be there once.", await TestServer.Detail(response, 400));
    }

    [Theory]
    [InlineData(0, 1, "The part 'content' is missing; it must be the photo.")]
    [InlineData(2, 1, "The form has 2 parts 'content'; it must have one.")]
    [InlineData(1, 0, "The part 'style' is missing; it must be a painting, or the name of a style that the server has.")]
    public async Task ThePartsAreCounted(int contents, int styles, string detail)
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        form.Add(new StringContent("1"), "passes");
        for (int i = 0; i < contents; i++)
            TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1));
        for (int i = 0; i < styles; i++)
            TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        using HttpResponseMessage response = await server.Post(form);
        Assert.Equal(detail, await TestServer.Detail(response, 400));
    }

    [Fact]
    public async Task ARecipeWithAByteOrderMarkIsRead()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Post(TestServer.Form(("recipe", "\uFEFF{\"levels\":[1]}")));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ARecipeThatIsTooLongForTheResultIsRefusedBeforeTheComputation()
    {
        // The recipe is within the limit as it is sent, and above it as it is written, with indentation.
        string name = new('a', 10_460);
        await using TestServer server = await TestServer.Start(options =>
            options.Styles[name] = StyleSource.FromBytes(TestServer.Png(40, 40, 2)));
        string styles = string.Join(',', Enumerable.Repeat($$"""{"file":"{{name}}"}""", 100));
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1));
        form.Add(new StringContent($$"""{"styles":[{{styles}}]}"""), "recipe");
        using HttpResponseMessage response = await server.Post(form);
        Assert.StartsWith("The recipe can't be used: the recipe takes ", await TestServer.Detail(response, 400));
        Assert.Equal(0, server.Solver.Calls);
    }

    [Fact]
    public async Task ALongFileNameIsRefused()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", new string('a', 256), TestServer.Png(64, 48, 1));
        using HttpResponseMessage response = await server.Post(form);
        Assert.Equal("A file's name has 256 characters; the limit is 255.", await TestServer.Detail(response, 400));
    }

    [Fact]
    public async Task WhatAClientSendsDoesntMakeAnswersLongOrBreakLines()
    {
        await using TestServer server = await TestServer.Start();
        string property = "a\u2028" + new string('b', 5000);
        using HttpResponseMessage response = await server.Post(TestServer.Form(("recipe", $$"""{"{{property}}":1}""")));
        string detail = await TestServer.Detail(response, 400);
        Assert.InRange(detail.Length, 20, 1003);
        Assert.DoesNotContain('\u2028', detail);
        Assert.DoesNotContain(server.Log.All, line => line.Text.Contains('\u2028', StringComparison.Ordinal) || line.Text.Length > 1100);
    }

    [Theory]
    [InlineData("jpeg", null)]
    [InlineData(null, "image/jpeg")]
    public async Task AResultThatIsTooLongForItsFormatIsRefusedOrBecomesPng(string? field, string? accept)
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", Imaging.ImageFile.Encode(".png", new PixelImage(65_536, 1, PixelLayout.Rgb24)));
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        form.Add(new StringContent("1"), "levels");
        if (field is not null)
            form.Add(new StringContent(field), "format");
        using HttpResponseMessage response = await server.Post(form, accept: accept);
        if (field is null)
        {
            Assert.Equal((HttpStatusCode.OK, "image/png"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            return;
        }

        Assert.Equal(
            "The result has 65536x1 pixels; a side in the format jpeg has at most 65535.", await TestServer.Detail(response, 400));
        Assert.Equal(0, server.Solver.Calls);
    }

    [Fact]
    public async Task AnUnknownFileIsRefused()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = TestServer.Form();
        TestServer.Add(form, "photo", "a.png", [1]);
        using HttpResponseMessage response = await server.Post(form);
        Assert.Equal(
            "The part 'photo' is unknown; a file's part must be one of content, style, mask, styleMask, labels, file.",
            await TestServer.Detail(response, 400));
    }

    [Fact]
    public async Task TooManyStylesAreRefused()
    {
        await using TestServer server = await TestServer.Start(options => options.MaxStyles = 1);
        MultipartFormDataContent form = TestServer.Form();
        TestServer.Add(form, "style", "other.png", TestServer.Png(40, 40, 3));
        using HttpResponseMessage response = await server.Post(form);
        JsonElement problem = await TestServer.Problem(response, 400);
        Assert.Equal(("The request has 2 styles; the limit is 1.", 1), (problem.GetProperty("detail").GetString(),
            problem.GetProperty("limit").GetInt64()));
    }

    [Fact]
    public async Task TwoPartsWithTheNameThatARecipeUsesAreRefused()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = TestServer.Form(("recipe", """{"styles":[{"file":"painting.png"}]}"""));
        TestServer.Add(form, "file", "painting.png", TestServer.Png(40, 40, 3));
        using HttpResponseMessage response = await server.Post(form);
        Assert.Equal(
            "2 parts have the file name 'painting.png', which the recipe names; one must have it.", await TestServer.Detail(response, 400));
    }

    [Theory]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ", 415, "photo.png: a WebP file; install the package Wct.Imaging.Magick to read it.")]
    [InlineData("<html><body>no</body></html>", 415, "HTML, which is no picture.")]
    [InlineData("", 400, "photo.png: empty file.")]
    [InlineData("\x89PNG\r\n\x1a\n\0\0", 400, "photo.png: ")]
    public async Task AFileThatIsNoPictureIsNamed(string content, int status, string detail)
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", System.Text.Encoding.Latin1.GetBytes(content));
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        using HttpResponseMessage response = await server.Post(form);
        Assert.Contains(detail, await TestServer.Detail(response, status));
    }

    [Fact]
    public async Task ATruncatedPictureIsRefused()
    {
        await using TestServer server = await TestServer.Start();
        MultipartFormDataContent form = [];
        TestServer.Add(form, "content", "photo.png", TestServer.Png(64, 48, 1)[..^400]);
        TestServer.Add(form, "style", "painting.png", TestServer.Png(40, 40, 2));
        using HttpResponseMessage response = await server.Post(form);
        Assert.StartsWith("photo.png: ", await TestServer.Detail(response, 400));
    }

    [Theory]
    [InlineData("text/plain", 415,
        "The request's Content-Type is 'text/plain'; it must be multipart/form-data, image/* or application/octet-stream.")]
    [InlineData("multipart/form-data", 400, "The form's boundary has 0 characters; it must have 1 to 200.")]
    [InlineData("multipart/form-data; boundary=x", 400, "The request's body can't be read: ")]
    public async Task AWrongBodyIsRefused(string type, int status, string detail)
    {
        await using TestServer server = await TestServer.Start();
        ByteArrayContent body = new([1, 2, 3]);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using HttpResponseMessage response = await server.Post(body);
        Assert.StartsWith(detail, await TestServer.Detail(response, status));
    }

    [Fact]
    public async Task AnUnknownErrorIsLoggedAndNotShown()
    {
        await using TestServer server = await TestServer.Start(options => options.EncoderOptions = (_, _) =>
            throw new NotSupportedException("secret"));
        using HttpResponseMessage response = await server.Post(TestServer.Form(("quality", "3")));
        Assert.Equal("The server failed to answer the request.", await TestServer.Detail(response, 500));
        Assert.Contains(server.Log.All, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Error);
    }

    [Fact]
    public async Task AnotherMethodIsRefusedByRouting()
    {
        await using TestServer server = await TestServer.Start();
        using HttpResponseMessage response = await server.Client.GetAsync("/stylize");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }
}
